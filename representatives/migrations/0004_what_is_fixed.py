"""The 541 seats and the Congresses to come; and, of what is loaded, what is in force."""

from django.db import migrations

from representatives.congress import starts_at
from representatives.roster.table import MOST_OF_THE_HOUSE
from representatives.seat_codes import every_seat
from representatives.tables import TableRefused, read_table

# Until 2049.
CONGRESSES = range(118, 131)


def make_congresses(apps, schema_editor):
    """A letter belongs to the Congress of its day, whose row is there before its noon."""
    Congress = apps.get_model("representatives", "Congress")
    Congress.objects.bulk_create(
        [Congress(number=n, starts=starts_at(n), ends=starts_at(n + 1)) for n in CONGRESSES],
        ignore_conflicts=True,
    )


def make_seats(apps, schema_editor):
    Seat = apps.get_model("representatives", "Seat")
    Seat.objects.bulk_create(
        [
            Seat(code=code, chamber=chamber, state=state, number=number)
            for code, chamber, state, number in every_seat()
        ],
        ignore_conflicts=True,
    )


def record_state_maps(apps, schema_editor):
    """So far a map came for a whole Congress: each of its states has it."""
    Snapshot = apps.get_model("representatives", "Snapshot")
    StateMap = apps.get_model("representatives", "StateMap")
    ZipDistrict = apps.get_model("representatives", "ZipDistrict")
    for congress, state, snapshot in ZipDistrict.objects.values_list(
        "congress", "state", "snapshot"
    ).distinct():
        StateMap.objects.create(congress_id=congress, state=state, snapshot_id=snapshot)
    for congress, snapshot in StateMap.objects.values_list("congress", "snapshot").distinct():
        Snapshot.objects.filter(pk=snapshot).update(congress=congress, status="in_force")


def put_the_newest_in_force(apps, schema_editor):
    """Of every other kind, what was loaded last is what the database says."""
    Snapshot = apps.get_model("representatives", "Snapshot")
    for kind in ("roster", "zip_cities", "recipes"):
        newest = Snapshot.objects.filter(kind=kind).order_by("-loaded_at", "-pk").first()
        if newest is not None:
            Snapshot.objects.filter(pk=newest.pk).update(status="in_force")


def learn_what_the_roster_covers(apps, schema_editor):
    """As `roster.table.covers_until` does for a table."""
    Snapshot = apps.get_model("representatives", "Snapshot")
    Term = apps.get_model("representatives", "Term")
    for roster in Snapshot.objects.filter(kind="roster", status="in_force"):
        house = Term.objects.filter(snapshot=roster, seat__chamber="house").order_by("-end")
        ends = house.values_list("end", flat=True)[:MOST_OF_THE_HOUSE]
        if len(ends) == MOST_OF_THE_HOUSE:
            roster.covers_until = ends[MOST_OF_THE_HOUSE - 1]
            roster.save(update_fields=["covers_until"])


def keep_the_tables_that_we_have(apps, schema_editor):
    """A snapshot of a table that still lies in `data/` can be put in force again."""
    Snapshot = apps.get_model("representatives", "Snapshot")
    KeptTable = apps.get_model("representatives", "KeptTable")
    for name in ("roster.csv", "zip-districts-119.txt"):
        try:
            text, provenance = read_table(name)
        except (OSError, TableRefused):
            continue
        for snapshot in Snapshot.objects.filter(sha256=provenance.table_sha256):
            KeptTable.objects.create(snapshot=snapshot, text=text)


class Migration(migrations.Migration):
    dependencies = [
        ("representatives", "0003_snapshots_maps_corrections"),
    ]

    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (
            make_congresses,
            make_seats,
            record_state_maps,
            put_the_newest_in_force,
            learn_what_the_roster_covers,
            keep_the_tables_that_we_have,
        )
    ]
