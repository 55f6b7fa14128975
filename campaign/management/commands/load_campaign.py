"""`manage.py load_campaign may-21`: loads a campaign of campaign/data/ once."""

from django.core.management.base import BaseCommand, CommandError

from campaign.loading import FOLDER, load_campaign


class Command(BaseCommand):
    help = "Loads a campaign from campaign/data/; one that is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", default="may-21")

    def handle(self, *, slug: str, **options):
        if not (FOLDER / slug / "campaign.json").is_file():
            known = ", ".join(sorted(path.name for path in FOLDER.iterdir()))
            raise CommandError(f"There is no campaign {slug!r} in {FOLDER}; there is: {known}.")
        campaign, new = load_campaign(slug)
        state = campaign.get_state_display()
        self.stdout.write(f"{campaign}: {'loaded' if new else 'is there'}, {state}.")
