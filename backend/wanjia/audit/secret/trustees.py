"""The trustees of a secret meeting and their keys: checks `keys.trustees`, `keys.ceremony`, `keys.context`."""

from wanjia.audit.abi import COMMIT_KEYS
from wanjia.audit.case import Case
from wanjia.audit.checks.carried import calls_to
from wanjia.audit.checks.roles import callers, hidden
from wanjia.audit.findings import Saw
from wanjia.audit.history import Event
from wanjia.audit.meetings import Meeting
from wanjia.audit.secret.ceremony import STEPS, Ceremony
from wanjia.wsb.ceremony import Run, transcript_of
from wanjia.wsb.context import Context, Keys, TrusteeSet
from wanjia.wsb.form import SIDES

LEAST_TRUSTEES, MOST_TRUSTEES = 3, 15


def can_keep(trustees: int, threshold: int) -> bool:
    """Tell whether so many trustees keep a secret: no minority and no two groups apart can open."""
    return LEAST_TRUSTEES <= trustees <= MOST_TRUSTEES and trustees < 2 * threshold <= 2 * trustees


def secret_meetings(case: Case) -> list[Meeting]:
    """The audited meetings whose ballots are secret."""
    return [meeting for meeting in case.meetings if meeting.secret]


def trustees(case: Case, saw: Saw) -> None:
    """Proposed by the committee, confirmed by the supervisor (`roles.separation` says by whom); a fit set."""
    for meeting in secret_meetings(case):
        proposed: bytes | None = None
        for event in meeting.board:
            if event.name == "TrusteesProposed":
                made = _set_of(case, meeting, event)
                proposed = made.hash
                kept = can_keep(len(made.accounts), made.threshold)
                if made.hash != event.args["trusteeSetHash"] or not kept:
                    _blame(saw, meeting, event, "的受托人组不成立", "names a set of trustees that cannot be")
                if len({account.lower() for account in made.accounts}) != len(made.accounts):
                    _blame(saw, meeting, event, "有重复的受托人", "names a trustee twice")
            elif event.name == "TrusteesConfirmed" and event.args["trusteeSetHash"] != proposed:
                _blame(saw, meeting, event, "确认的不是所提名的", "confirms what was not proposed")
        found = sets_in_force(case, meeting)
        said = f"{found[-1].threshold}/{len(found[-1].accounts)}" if found else "-"
        saw.note(f"第 {meeting.number} 次会议受托人 {said}", f"meeting {meeting.number}: trustees {said}")


def sets_in_force(case: Case, meeting: Meeting) -> list[TrusteeSet]:
    """The sets that were confirmed, in order."""
    proposed: dict[bytes, TrusteeSet] = {}
    found = []
    for event in meeting.board:
        if event.name == "TrusteesProposed":
            proposed[event.args["trusteeSetHash"]] = _set_of(case, meeting, event)
        elif event.name == "TrusteesConfirmed" and event.args["trusteeSetHash"] in proposed:
            found.append(proposed[event.args["trusteeSetHash"]])
    return found


def completed(case: Case, meeting: Meeting) -> Ceremony | None:
    """The last run of the meeting's ceremony, recomputed from its events; ``None`` when none began."""
    board, chain_id = case.history.contracts.trustee_board, case.history.chain_id
    proposed: dict[bytes, TrusteeSet] = {}
    current: TrusteeSet | None = None
    ceremony: Ceremony | None = None
    for event in meeting.board:
        if event.name == "TrusteesProposed":
            proposed[event.args["trusteeSetHash"]] = _set_of(case, meeting, event)
        elif event.name in ("TrusteesConfirmed", "KeysRestarted"):
            if event.name == "TrusteesConfirmed":
                current = proposed.get(event.args["trusteeSetHash"])
            if current is not None:
                run = Run(chain_id, board, meeting.number, event.args["run"])
                ceremony = Ceremony(run, current, transcript_of(run, current, ()))
        elif event.name in STEPS and ceremony and event.args["run"] == ceremony.run.run:
            ceremony.take(event)
            _caller(case, ceremony, event)
    return ceremony


def ceremony(case: Case, saw: Saw) -> None:
    """Commit, reveal, deal, approve, each by all before the next; keys and share keys are the board's."""
    for meeting in secret_meetings(case):
        number, run = meeting.number, completed(case, meeting)
        said = case.secret_views[number].keys
        if run is None:
            answered = said is not None and said[0] != bytes(32)
            if (
                answered
                or meeting.first("KeysAdopted")
                or any(e.name == "KeysCompleted" for e in meeting.board)
            ):
                saw.fault(f"第 {number} 次会议没有密钥仪式", f"meeting {number} had no key ceremony")
            continue
        for zh, en in run.faults:
            saw.fault(f"第 {number} 次会议：{zh}", f"meeting {number}: {en}")
        if run.complete:
            _compare(case, saw, meeting, run)
        elif (said and said[0] != bytes(32)) or _completions(meeting, run):
            saw.fault(
                f"第 {number} 次会议公告板称仪式已完成，事件只到第 {run.step} 步",
                f"meeting {number}: the board calls the run complete, its events end at step {run.step}",
            )
        state = ("已完成", "complete") if run.complete else (f"在第 {run.step} 步", f"at step {run.step}")
        saw.note(
            f"第 {number} 次会议第 {run.run.run} 轮{state[0]}",
            f"meeting {number}: run {run.run.run} {state[1]}",
        )


def context(case: Case, saw: Saw) -> None:
    """The context adopted is the recomputed one, before the opening and after the seal of the roll."""
    for meeting in secret_meetings(case):
        number, adopted, run = meeting.number, meeting.first("KeysAdopted"), completed(case, meeting)
        said = case.secret_views[number].context
        if adopted is None:
            if said not in (None, bytes(32)):
                saw.fault(
                    f"第 {number} 次会议的密钥没有公布", f"the keys of meeting {number} were never announced"
                )
            continue
        sealed = meeting.first("RollSealed")
        args = adopted.args
        keys = Keys(tuple(args["keyFor"]), tuple(args["keyAgainst"]))
        ours = Context(
            case.history.chain_id,
            meeting.contract,
            number,
            meeting.convene_hash,
            sealed.args["digest"] if sealed else bytes(32),
            args["trusteeSetHash"],
            args["threshold"],
            args["trustees"],
            keys,
        ).hash
        if args["context"] != ours or said != ours:
            saw.fault(f"第 {number} 次会议的上下文不同", f"meeting {number} has another context")
        if run is None or not run.complete or run.keys != keys or run.trustees.hash != args["trusteeSetHash"]:
            saw.fault(
                f"第 {number} 次会议采用的不是仪式得出的密钥",
                f"meeting {number} adopted keys that no ceremony made",
            )
        saw.note(f"第 {number} 次会议 0x{ours.hex()}", f"meeting {number}: 0x{ours.hex()}")


def _completions(meeting: Meeting, run: Ceremony) -> list[Event]:
    return [one for one in meeting.board if one.name == "KeysCompleted" and one.args["run"] == run.run.run]


def _compare(case: Case, saw: Saw, meeting: Meeting, run: Ceremony) -> None:
    number, views = meeting.number, case.secret_views[meeting.number]
    keys, count = run.keys, len(run.trustees.accounts)
    said = (run.trustees.hash, run.trustees.threshold, count, (*keys.in_favour, *keys.against))
    announced = _completions(meeting, run)
    told = announced[-1].args if announced else {}
    completion = (told.get("keyFor"), told.get("keyAgainst"), told.get("transcript"))
    if views.keys != said or completion != (keys.in_favour, keys.against, run.transcript):
        saw.fault(f"第 {number} 次会议公告板的公钥不同", f"the board has other keys for meeting {number}")
    for trustee in range(1, count + 1):
        for side in range(SIDES):
            if views.share_keys.get((trustee, side)) != run.share_key(trustee, side):
                saw.fault(
                    f"第 {number} 次会议受托人 {trustee} 的份额公钥不同",
                    f"the board has another share key of trustee {trustee} for meeting {number}",
                )


def _caller(case: Case, run: Ceremony, event: Event) -> None:
    """A step is its trustee's own, and a commit carried the proof of enrolment, where that can be seen."""
    history, trustee = case.history, event.args["trustee"]
    where = f"{event.name} {event.block}/{event.position}"
    if hidden(history, event):
        return
    accounts = run.trustees.accounts
    own = accounts[trustee - 1].lower() if 1 <= trustee <= len(accounts) else ""
    if own not in callers(history, event):
        run.faults.append(
            (f"{where} 不是受托人 {trustee} 本人所为", f"{where} was not done by trustee {trustee}")
        )
    if event.name == "KeysCommitted":
        carried = [
            (said[4], said[5])
            for said in calls_to(history, event, COMMIT_KEYS)
            if tuple(said[3]) == tuple(event.args["encryptionKey"])
        ]
        if not any(run.enrolled(event, proof) for proof in carried):
            run.faults.append(
                (f"{where} 没有登记密钥的证明", f"{where} carried no proof that the key is held")
            )


def _set_of(case: Case, meeting: Meeting, event: Event) -> TrusteeSet:
    contracts = case.history.contracts
    accounts = tuple(event.args["accounts"])
    return TrusteeSet(
        case.history.chain_id, contracts.trustee_board, meeting.number, event.args["threshold"], accounts
    )


def _blame(saw: Saw, meeting: Meeting, event: Event, zh: str, en: str) -> None:
    where = f"{event.name} {event.block}/{event.position}"
    saw.fault(f"第 {meeting.number} 次会议 {where} {zh}", f"meeting {meeting.number}: {where} {en}")
