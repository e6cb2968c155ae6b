"""Synthetic submissions with known truth: the real CCGs, invented practices and patients.

`write_demo` writes them in the formats that the loaders read, so that the demo takes the way of
real returns. The same seed gives the same bytes.
"""

from pathlib import Path

from loaders.demo.coding import write_coding
from loaders.demo.files import write_csv, write_workbook
from loaders.demo.lists import write_lists, write_practices
from loaders.demo.procedures import procedure_rows
from loaders.demo.programme import Programme
from loaders.demo.record import write_truth
from loaders.demo.refusals import write_refusals
from loaders.demo.rollout import rollout_sheets
from loaders.demo.scores import score_rows
from loaders.demo.submissions import pathway_rows, write_pathway
from loaders.demo.world import make_world

SEED = 2015


def write_demo(folder: Path, seed: int = SEED, effect: bool = True) -> list[Path]:
    """Write the synthetic submissions into `folder` and return the files to load.

    Without `effect` the pathway is rolled out in the same way and changes nothing. Beside the files
    to load, `truth` holds what was planted and `faulty` submissions that must be refused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    world = make_world(Programme() if effect else Programme().without_effect(), seed)
    referrals = pathway_rows(world)
    write_truth(folder / "truth", world, write_refusals(folder / "faulty", referrals))
    return [
        *write_lists(folder, world),
        *write_practices(folder, world),
        *write_pathway(folder, referrals),
        write_csv(folder / "prom_scores.csv", score_rows(world)),
        *write_coding(folder, world),
        write_csv(folder / "procedures.csv", procedure_rows(world)),
        write_workbook(folder / "rollout.xlsx", rollout_sheets(world)),
    ]
