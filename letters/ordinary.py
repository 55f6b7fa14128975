"""Words that are written with a capital letter and name nobody; and words that lead to a name."""

# A sentence may begin with them.
BEGINNINGS = """
a about above according across after again against all almost along already also although always am
among an and another any anyone anything are around as ask at away back be because been before
behind being believe below between both bring but by call can come continue could dear demand did do
does doing don't during each early either enough even ever every everyone everybody everything few
finally first for free freedom from further get give go good great growing had has have having he
hear hello help her here his honorable hope how however i if in indeed instead into is it its just
keep know last later least let like living look make many may maybe me meanwhile mine more moreover
most much must my near neither never new no nobody none nor not nothing now of off often on once one
only or other others our out over own people perhaps please recently regards release remember right
same say second seeing she should show since sincerely so some somebody someone something soon speak
stand still stop such support take tell thank thanks that the their them then there these they third
this those though three through thus to today together tonight too two under unless until up urge us
use very was we were what whatever when where whether which while who whom whose why will with
within without would write writing years yes yesterday yet you your yours respectfully
"""
# In a line of capital letters they say that it is no person's name.
THINGS = """
academy act administration affairs agency agreement airport alliance amendment amnesty army
association assembly bank bill board book bureau cathedral center centre charter christmas church
circle city coalition college commission committee conference congress constitution convention
council country county court cross day declaration defense democracy democratic department district
easter election embassy empire europe fair federation festival force forces foreign forum foundation
freedom front fund government group health helsinki high holocaust hospital house human independence
initiative institute international justice kingdom law league liberty library lord march media
memorial middle military minister ministry movement museum nation national nations network news
nobel office orchestra organization park parliament party peace police press prison prize program
project radio red relations relief republic republicans democrats revolution rights river school
security senate service social society solidarity soviet square state states station street studies
supreme team theater theatre treaty tv union united university war watch week west east north south
world year
"""
# Days, months, peoples, faiths, and what letters to Congress speak of.
CAPITALS = """
january february march april june july august september october november december monday tuesday
wednesday thursday friday saturday sunday america american americans european europeans ukraine
ukrainian ukrainians russia russian russians poland polish lithuania lithuanian latvia latvian
estonia germany german france french english british britain spanish italian israel israeli china
chinese canada canadian jewish christian christians catholic catholics orthodox protestant muslim
muslims god bible kremlin moscow kyiv kiev warsaw vilnius washington york facebook telegram youtube
google twitter instagram internet english covid chernobyl nazi stalin soviets cold mr mrs ms miss
"""
ORDINARY = frozenset(f"{BEGINNINGS} {THINGS} {CAPITALS}".split())
NO_PERSON = frozenset(THINGS.split())
# Who holds an office is known to everybody.
PUBLIC = """
president vice senator senators representative representatives congressman congresswoman
governor secretary minister ambassador chairman chairwoman speaker dictator pope king queen
prime mayor general attorney
"""
OFFICES = frozenset(PUBLIC.split())
# A capital letter after these begins a name: "my cousin Nina", "a woman named Nina".
CLOSE = """
mother father mom mum dad mama papa parents parent sister sisters brother brothers son sons
daughter daughters child wife husband aunt uncle cousin cousins nephew niece grandmother
grandfather grandma grandpa granddaughter grandson godmother godfather friend friends classmate
classmates colleague colleagues neighbor neighbors neighbour teacher fiancé fiancée boyfriend
girlfriend partner relative
"""
KIN = frozenset(CLOSE.split())
NAMING = frozenset({"named", "called", "name", "names"})
BETWEEN = frozenset({"is", "was", "are", ",", ":", "–", "—", "(", "'s", "’s"})
OWNERS = frozenset({"my", "our", "a", "his", "her", "their"})
