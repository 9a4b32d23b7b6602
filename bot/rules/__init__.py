"""What is allowed and what follows: plain functions without database, Telegram or clock.

The glossary: one English name for each office term, used in code, tables and file names.

| Vietnamese               | here              | not                        |
|--------------------------|-------------------|----------------------------|
| việc, nhiệm vụ           | task              | job, todo, ticket, issue   |
| giao việc                | assign            | create, dispatch           |
| người giao               | assigner          | owner, creator, boss       |
| người nhập, thay mặt     | entered by        | proxy, author              |
| chủ trì                  | lead              | owner, responsible         |
| phối hợp                 | support           | cooperate, helper          |
| theo dõi                 | follow            | watch, subscribe           |
| đã nhận, tiếp nhận       | receive           | accept, ack                |
| báo tiến độ              | (report) progress | update, status             |
| vướng mắc                | blocker           | problem, issue             |
| nộp kết quả              | submit            | finish, complete           |
| nghiệm thu               | accept            | approve, confirm           |
| trả lại                  | return            | reject                     |
| chất lượng               | quality, grade    | score, rating              |
| nghỉ, vắng               | away, absence     | leave, vacation, holiday   |
| xử lý thay               | stand in, deputy  | substitute, delegate       |
| bàn giao (toàn bộ)       | hand all on       | transfer, migrate          |
| kết thúc công tác        | leave             | deactivate, delete         |
| ẩn danh                  | pseudonym         | anonymise, erase           |
| hoàn tác                 | undo              | revert, rollback           |
| xin gia hạn              | request extension | postpone                   |
| hạn                      | deadline, due     | expiry                     |
| trong hạn / quá hạn      | on track / overdue| open / late                |
| đôn đốc, nhắc            | remind            | notify, ping               |
| nấc đôn đốc (VÀNG, ĐỎ)   | rung              | level, stage               |
| chưa cập nhật            | stale             | inactive, idle             |
| nhắc lại (chiều nay)     | snooze            | defer, delay               |
| liên kết lịch            | calendar link     | subscription, feed token   |
| ngày nghỉ bù, làm bù     | day decided       | exception, override        |
| tin rút gọn              | (told in) brief   | short, compact             |
| bản tin đầu ngày         | digest            | newsletter                 |
| chờ ý kiến               | needs a decision  | pending                    |
| đơn vị, phòng, ban       | unit              | department, team, group    |
| sắp xếp đơn vị           | merger            | reorganisation             |
| hợp nhất / sáp nhập      | unite / absorb    | join                       |
| tách / giải thể          | split / dissolve  | divide / delete            |
| biên bản bàn giao        | (handing-over) sheet | protocol, minutes       |
| biên chế                 | headcount         | quota, establishment       |
| phụ trách (lĩnh vực)     | in charge         | manages                    |
| đồng chí, cán bộ         | person            | user, member of staff      |
| lãnh đạo / trưởng phòng  | leader / head     | manager                    |
| chuyên viên              | staff             | employee                   |
| quản trị                 | admin             | superuser                  |
| thư mời, liên kết mời    | invitation        | token, key                 |
| độ khẩn                  | urgency           | priority (an outbox word)  |
| sản phẩm                 | product           | deliverable, output        |
| việc định kỳ, lặp lại    | series, repeat    | recurrence task, schedule  |
| kỳ                       | occurrence        | instance, iteration        |
| minh chứng               | evidence          | proof, attachment          |
| nơi nhận                 | receiver          | recipient, addressee       |
| cấp quyết                | decider           | owner, escalation          |
| ngày công                | effort            | size, estimate             |
| mức bận                  | load              | workload score, capacity   |
| phân công                | division          | allocation, balancing      |
| 6 rõ                     | clear, unclear    | complete, valid            |
| số, ký hiệu              | symbol            | number, code               |
| công văn, tờ trình, ...  | document          | file (bytes are files)     |
| nhập việc từ văn bản     | entry, enter      | import (of people)         |
| báo cáo (kỳ)             | report, period    | statistics, range          |
| tổng kết (năm)           | review            | annual report              |
| dự thảo                  | draft (of a paper)| template                   |
| lưu trữ                  | archive           | store, delete              |
| gói hồ sơ                | package           | export, dump               |
| niêm (việc)              | seal              | lock, freeze               |
| tiêu hủy                 | dispose           | delete, purge              |
| mục (của danh sách)      | item              | row, entry                 |
"""
