"""What the front end knows of the contracts is what they compile to."""

import front_end_abi


def test_the_front_ends_interfaces_and_marks_of_code_are_current() -> None:
    """Writing them anew would change nothing."""
    assert set(front_end_abi.files()) == {path.name for path in front_end_abi.FOLDER.glob("*.ts")}
    assert front_end_abi.main(["--check"]) == 0
