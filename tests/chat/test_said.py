"""Words that used to be taken for something else: a new task amid a question, days that are over."""

from tests.chat.talk import Talk


async def test_a_task_with_a_date_to_be_asked_is_no_answer_to_when(talk: Talk) -> None:
    for another in (
        "Trầm rà soát lại hồ sơ đảng viên, hạn 30/2",
        "Mai Ân đi họp ở Thành ủy lúc 8h",
    ):
        await talk.say("leader", "Giao đồng chí Ân soạn báo cáo quý")
        heard = await talk.say("leader", another)
        assert "báo cáo quý" not in heard.text
        assert "rà soát lại hồ sơ" in heard.text or "đi họp ở Thành ủy" in heard.text


async def test_the_day_just_over_offers_today_and_next_year(talk: Talk) -> None:
    heard = await talk.say("leader", "Giao đồng chí Ân soạn báo cáo quý, hạn 5/12")
    assert "Thời điểm này đã qua." in heard.text
    assert [one for one in heard.buttons if "05/12/2027" in one or "5/12/2027" in one]
    assert [one for one in heard.buttons if "7/12" in one]


async def test_days_of_an_absence_the_wrong_way_round_are_said_to_be_that(talk: Talk) -> None:
    for said in ("nghỉ từ 12/12 đến 10/12", "/nghi từ 12/12 đến 10/12"):
        assert "Ngày cuối đứng trước ngày đầu" in (await talk.say("staff", said)).text


async def test_a_result_with_its_paper_is_not_asked_for_again(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    heard = await talk.say("staff", "đã xong việc 1, đã trình 90-BC/VPTU")
    assert "Kết quả: đã xong việc 1, đã trình 90-BC/VPTU" in heard.text
    assert "chờ nghiệm thu" in heard.text
    await talk.at_work.assign(title="Rà soát hồ sơ")
    await talk.deliver()
    heard = await talk.say("staff", "đã xong việc 2")
    assert "gửi kết quả việc số 2" in heard.text


async def test_of_two_named_for_a_series_one_is_chosen_to_lead(talk: Talk) -> None:
    await talk.say("leader", "Giao đồng chí Ân nộp báo cáo tháng ngày 25 hằng tháng")
    await talk.press("leader", "Giao việc")
    await talk.say("leader", "/dinhky")
    await talk.press("leader", "Định kỳ 1")
    await talk.press("leader", "Đổi từ kỳ tới", talk.heard("leader")[-1])
    heard = await talk.say("leader", "giao đồng chí Trầm và Quyên")
    assert "đồng chí nào chủ trì?" in heard.text
    assert len(heard.buttons) == 3


async def test_two_with_a_day_each_are_two_tasks(talk: Talk) -> None:
    await talk.say("leader", "Thứ 4 Trầm nộp đề cương, thứ 5 Quyên tổng hợp")
    first, second = talk.heard("leader")[-2:]
    assert ("nộp đề cương" in first.text, "tổng hợp" in second.text) == (True, True)
    assert ("09/12/2026" in first.text, "10/12/2026" in second.text) == (True, True)
