"""What a stranger's program does with a client generated from the contract; see scripts/client-story.

A department lists its overdue tasks, reports one as completed; the office confirms it; the leader's table of departments
moves by exactly that task.
"""

import datetime
import os

from resolution_tracker_client import AuthenticatedClient, Client
from resolution_tracker_client.api.auth import login
from resolution_tracker_client.api.dashboards import get_units_dashboard
from resolution_tracker_client.api.tasks import create_progress_report, get_progress_report, get_task, list_tasks, verify_progress_report
from resolution_tracker_client.models import Login, Outcome, Product, ReportDraft, ReportState, Timeliness, UnitKind, VerificationDraft

URL = os.environ["DEMO_URL"]
UNIT = "hg-so-khoa-hoc-va-cong-nghe"
TODAY = datetime.date(2023, 10, 2)


def answered(response, status):
    assert response.status_code == status, f"{response.status_code}: {response.content.decode()}"
    return response.parsed


def sign_in(username):
    body = Login(username=username, password="Demo-2026!")
    tokens = answered(login.sync_detailed(client=Client(base_url=URL), body=body), 200)
    return AuthenticatedClient(base_url=URL, token=tokens.access_token, raise_on_unexpected_status=True)


def line_of(leader):
    """The line of the department, and the total of all departments."""
    table = answered(get_units_dashboard.sync_detailed(client=leader, kind=[UnitKind.DEPARTMENT]), 200)
    assert table.as_of == TODAY, table.as_of
    [line] = [line for line in table.items if line.unit.code == UNIT]
    return line


def main():
    reporter, office, leader = sign_in("reporter"), sign_in("office"), sign_in("leader")
    before = line_of(leader)

    page = answered(list_tasks.sync_detailed(client=reporter, lead_unit=UNIT, timeliness=[Timeliness.OVERDUE]), 200)
    assert len(page.items) == before.tasks.open_overdue > 0, (len(page.items), before.tasks)
    task = page.items[0]
    assert task.days_late > 0 and task.lead_unit.code == UNIT

    draft = ReportDraft(
        state=ReportState.COMPLETED,
        measured_on=TODAY,
        result="Kế hoạch đã được ban hành.",
        product=Product(number="12/KH-SKHCN", issued_on=TODAY),
    )
    report = answered(create_progress_report.sync_detailed(task.id, client=reporter, body=draft, idempotency_key="story"), 201)
    again = answered(create_progress_report.sync_detailed(task.id, client=reporter, body=draft, idempotency_key="story"), 201)
    assert again.id == report.id, "the same key is the same report"

    read = get_progress_report.sync_detailed(report.id, client=office)
    answered(read, 200)
    confirmed = VerificationDraft(outcome=Outcome.VERIFIED)
    verified = verify_progress_report.sync_detailed(report.id, client=office, body=confirmed, if_match=read.headers["etag"])
    answered(verified, 200)
    stale = verify_progress_report.sync_detailed(report.id, client=office, body=confirmed, if_match=read.headers["etag"])
    assert answered(stale, 412).code == "stale"
    done = answered(get_task.sync_detailed(task.id, client=leader), 200)
    assert (done.lifecycle, done.timeliness, done.progress.verified) == ("completed", "late", 100), done

    after = line_of(leader)
    moved = {key: value - before.tasks.to_dict()[key] for key, value in after.tasks.to_dict().items()}
    assert {key: value for key, value in moved.items() if value} == {"open_overdue": -1, "completed_late": 1}, moved
    assert after.progress.verified > before.progress.verified, (before.progress, after.progress)
    print(f"{UNIT}: {before.tasks.open_overdue} overdue, then {after.tasks.open_overdue}; "
          f"verified {before.progress.verified} %, then {after.progress.verified} %")


main()
