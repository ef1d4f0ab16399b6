"""Who gets in where: every address of the portal, by role, and by whose record it is.

A line: endpoint, method, address, then for visitor, firm, buyer, facilitator, expert, legal reviewer, coordinator and
administrator the records that open. Letters: o one's own, l held by its link, b of one's body, t of one's theme, w given
to one's hands, x another's; `*` all of them, `-` none. Where the address names no record, `*` or `-`.

The buyer holds the role in Uccle, the facilitator for food, the others everywhere. A new endpoint without a line makes
`test_endpoints.py` fail: say here who gets in, and only then build it.
"""

PUBLIC = """
accounts.forgotten_password       GET  /forgotten-password
accounts.forgotten_password_sent  POST /forgotten-password
accounts.invitation               GET  /invitation/nothing
accounts.invitation_sent          POST /invitation/nothing
accounts.new_password             GET  /new-password/nothing
accounts.new_password_sent        POST /new-password/nothing
accounts.sign_in_sent             POST /sign-in
agenda.all_as_calendar            GET  /agenda.ics
agenda.coming                     GET  /agenda
agenda.event                      GET  /agenda/{event}
agenda.event_as_calendar          GET  /agenda/{event}.ics
answers.article                   GET  /answers/{slug}
answers.article_list              GET  /answers
answers.article_list_json         GET  /answers.json
answers.article_versions          GET  /answers/{slug}/versions
answers.feed                      GET  /answers/feed.xml
answers.one_article_json          GET  /answers/{slug}.json
answers.rate                      POST /answers/{slug}/rate
bootstrap.static                  GET  /bootstrap/static/css/bootstrap.min.css
baskets.add                       POST /selection/add
baskets.document                  GET  /selection/clauses.docx?clause=ENV-CLEAN-001
baskets.remove                    POST /selection/remove
baskets.show                      GET  /selection
clause_api.clause                 GET  /api/clauses/ENV-CLEAN-001
clause_api.clause_version         GET  /api/clauses/ENV-CLEAN-001/1.0.0
clause_api.index                  GET  /api/clauses
clause_api.search                 GET  /api/clauses/search?words=label
clauses.changes                   GET  /clauses/changes.xml
clauses.clause                    GET  /clauses/ENV-CLEAN-001
clauses.clause_comparison         GET  /clauses/ENV-CLEAN-001/compare?from=1.0.0&to=1.0.0
clauses.clause_list               GET  /clauses
clauses.clause_schema             GET  /clauses/schema.json
clauses.clause_version            GET  /clauses/ENV-CLEAN-001/1.0.0
clauses.clause_version_json       GET  /clauses/ENV-CLEAN-001/1.0.0.json
clauses.clause_version_text       GET  /clauses/ENV-CLEAN-001/1.0.0.txt
clauses.label_list                GET  /labels
clauses.label_page                GET  /labels/FSC
clauses.label_statement_text      GET  /labels/FSC/statement.txt
clauses.labels_as_csv             GET  /labels.csv
clauses.labels_as_json            GET  /labels.json
clauses.instrument                GET  /law/LAW-2016-06-17
clauses.law_article               GET  /law/LAW-2016-06-17/12/1
clauses.law_list                  GET  /law?words=nettoyage
finding.ask                       GET  /clauses/find
finding.find                      POST /clauses/find
clauses.library_as_csv            GET  /clauses.csv
clauses.library_as_json           GET  /clauses.json
clauses.open_data                 GET  /clauses/open-data
clauses.pack_comparison           GET  /clauses/packs/cleaning/compare?from=core&to=advanced
clauses.pack_list                 GET  /clauses/packs
clauses.pack_page                 GET  /clauses/packs/cleaning?level=core
follow_up.new                     GET  /follow-up/new
follow_up.upload                  POST /follow-up/new
advice.helper                     GET  /advice/advance
advice.overview                   GET  /advice
advice.scoring                    GET  /advice/scoring
case_comparisons.compare          GET  /life-cycle-cost/compare
costing.download                  GET  /life-cycle-cost/indoor_lighting/case.json
costing.explained                 GET  /life-cycle-cost/explained
costing.free_measures             GET  /life-cycle-cost/free-measures
costing.overview                  GET  /life-cycle-cost
costing.sheet                     GET  /life-cycle-cost/indoor_lighting
guides.glossary                   GET  /guides/glossary
guides.guide                      GET  /guides/market-engagement
guides.guide_list                 GET  /guides
plan_progress.end_reminders        POST /plans/reminders/nothing
plan_progress.reminders            GET  /plans/reminders/nothing
plans.begin                        POST /plans/new
plans.home                         GET  /plans
plans.new                          GET  /plans/new
prices.again                      POST /prices/again
prices.check                      POST /prices
prices.file                       POST /prices/offers.yaml
prices.letter                     POST /prices/letter
prices.new                        GET  /prices
prices.upload                     POST /prices/file
portal.accessibility              GET  /about/accessibility
portal.healthz                    GET  /healthz
portal.home                       GET  /
portal.licences                   GET  /about/licences
portal.method                     GET  /about/law
portal.privacy                    GET  /about/privacy
portal.tools                      GET  /tools
questions.ask                     POST /questions/new
questions.new                     GET  /questions/new
questions.suggestions             POST /questions/suggestions
reports.obstacles                 GET  /obstacles
reports.obstacles_csv             GET  /obstacles.csv
specifications.begin              POST /specifications/new
specifications.new                GET  /specifications/new
specifications.upload             POST /specifications/upload
specifications_api.cpv            GET  /api/cpv?words=nettoyage
static                            GET  /static/mark.svg
tender_books.download             GET  /life-cycle-cost/vending/workbook.xlsx?b_quantity=1&b_electricity_price=0.3&b_days_year=300&language=en
tender_books.workbook             GET  /life-cycle-cost/vending/workbook?b_quantity=1&b_electricity_price=0.3&b_days_year=300&language=en
tender_workbooks.read             POST /life-cycle-cost/workbooks
tender_workbooks.report           POST /life-cycle-cost/workbooks/report
tender_workbooks.workbooks        GET  /life-cycle-cost/workbooks
uptake.authority_page             GET  /uptake/authorities/commune-uccle
uptake.dashboard                  GET  /uptake
uptake.dashboard_file             GET  /uptake/figures.csv
uptake.dashboard_notices          GET  /uptake/notices?theme=social_clauses
uptake.market                     GET  /market
uptake.market_calendar            GET  /market/deadlines.ics
uptake.market_feed                GET  /market/feed
uptake.notice                     GET  /notices/{notice}
uptake.notice_of_number           GET  /notices/1
uptake.open_data                  GET  /notices/open-data
uptake.open_data_lines            GET  /notices/open-data/releases.jsonl
uptake.open_data_package          GET  /notices/open-data/releases.json
uptake.open_data_table            GET  /notices/open-data/lots.csv
uptake.rules                      GET  /notices/rules/sme
"""
"""Open to everybody: no role is ever refused."""

GRID = """
                                                                                                  vis fir  buy  fac  exp leg coo adm
accounts.sign_in                  GET  /sign-in                                                   *   *    *    *    *   *   *   *
accounts.sign_out                 POST /sign-out                                                  *   *    *    *    *   *   *   *
accounts.account                  GET  /account                                                   -   *    *    *    *   *   *   *
accounts.change_profile           POST /account/profile                                           -   *    *    *    *   *   *   *
accounts.change_password          POST /account/password                                          -   *    *    *    *   *   *   *
accounts.choose_ticket_mails      POST /account/ticket-mails                                      -   *    *    *    *   *   *   *
accounts.end_session              POST /account/sessions/{session}/end                            -   o    o    o    o   o   o   o
accounts.end_other_sessions       POST /account/sessions/end-others                               -   *    *    *    *   *   *   *
accounts.my_data                  GET  /account/data                                              -   *    *    *    *   *   *   *
accounts.erase                    GET  /account/erase                                             -   *    *    *    *   *   *   *
accounts.erase_confirmed          POST /account/erase                                             -   *    *    *    *   *   *   *
accounts.people                   GET  /people                                                    -   -    -    -    -   -   *   *
accounts.person                   GET  /people/{user}                                             -   -    -    -    -   -   *   *
accounts.invite                   GET  /people/invite                                             -   -    -    -    -   -   *   *
accounts.invite_sent              POST /people/invite                                             -   -    -    -    -   -   *   *
accounts.invite_again             POST /people/{user}/invite-again                                -   -    -    -    -   -   *   *
accounts.change_invitation        POST /people/{user}/change-invitation                           -   -    -    -    -   -   *   *
accounts.withdraw_invitation      POST /people/{user}/withdraw-invitation                         -   -    -    -    -   -   *   *
accounts.grant                    POST /people/{user}/grant                                       -   -    -    -    -   -   -   *
accounts.revoke                   POST /people/{user}/revoke                                      -   -    -    -    -   -   -   *
accounts.deactivate               POST /people/{user}/deactivate                                  -   -    -    -    -   -   -   *
accounts.activate                 POST /people/{user}/activate                                    -   -    -    -    -   -   -   *
accounts.audit_log                GET  /audit-log                                                 -   -    -    -    -   -   -   *

clauses.instrument_status         GET  /law/LAW-2016-06-17/status                                 -   -    -    -    -   -   *   *
clauses.instrument_status         POST /law/LAW-2016-06-17/status                                 -   -    -    -    -   -   *   *

my_drafts.drafts                  GET  /my/drafts                                                 -   *    *    *    *   *   *   *
my_drafts.open_draft              POST /my/drafts/{owned}/open                                    -   o    o    o    o   o   o   o
draft_annexes.annex               GET  /specifications/{draft}/life-cycle-cost                    l   l    l    l    l   l   l   l
draft_annexes.save                POST /specifications/{draft}/life-cycle-cost                    l   l    l    l    l   l   l   l
draft_annexes.workbook            GET  /specifications/{draft}/life-cycle-cost/workbook-fr.xlsx   l   l    l    l    l   l   l   l
specifications.claim              POST /specifications/{draft}/claim                              -   l    l    l    l   l   l   l
specifications.answer             POST /specifications/{draft}/questions/object                   l   l    l    l    l   l   l   l
specifications.answers_file       GET  /specifications/{draft}/answers.yaml                       l   l    l    l    l   l   l   l
specifications.award              GET  /specifications/{draft}/award                              l   l    l    l    l   l   l   l
specifications.check              GET  /specifications/{draft}/check                              l   l    l    l    l   l   l   l
specifications.clauses            GET  /specifications/{draft}/clauses                            l   l    l    l    l   l   l   l
specifications.copy               POST /specifications/{draft}/copy                               l   l    l    l    l   l   l   l
specifications.decide             POST /specifications/{draft}/clauses                            l   l    l    l    l   l   l   l
specifications.delete             GET  /specifications/{draft}/delete                             l   l    l    l    l   l   l   l
specifications.delete_confirmed   POST /specifications/{draft}/delete                             l   l    l    l    l   l   l   l
specifications.dossier            POST /specifications/{draft}/dossier                            l   l    l    l    l   l   l   l
specifications.download           GET  /specifications/{draft}/download                           l   l    l    l    l   l   l   l
specifications.numbers            GET  /specifications/{draft}/numbers                            l   l    l    l    l   l   l   l
specifications.question           GET  /specifications/{draft}/questions/object                   l   l    l    l    l   l   l   l
specifications.questions          GET  /specifications/{draft}/questions                          l   l    l    l    l   l   l   l
specifications.redo               POST /specifications/{draft}/redo                               l   l    l    l    l   l   l   l
specifications.set_numbers        POST /specifications/{draft}/numbers                            l   l    l    l    l   l   l   l
specifications.specification      POST /specifications/{draft}/specification                      l   l    l    l    l   l   l   l
specifications.summary            GET  /specifications/{draft}/                                   l   l    l    l    l   l   l   l
specifications.undo               POST /specifications/{draft}/undo                               l   l    l    l    l   l   l   l
specifications.verification       POST /specifications/{draft}/verification/xlsx                  l   l    l    l    l   l   l   l
specifications.weigh              POST /specifications/{draft}/award                              l   l    l    l    l   l   l   l

my_logs.logs                      GET  /my/follow-up                                                   -   *   *   *   *   *   *   *
my_logs.open_one                  POST /my/follow-up/{owned_log}/open                                  -   o   o   o   o   o   o   o
follow_up.claim                   POST /follow-up/{log}/claim                                          -   l   l   l   l   l   l   l
follow_up.from_draft              GET  /follow-up/from-draft/{draft}                                   l   l   l   l   l   l   l   l
follow_up.begin                   POST /follow-up/from-draft/{draft}                                   l   l   l   l   l   l   l   l
follow_up.log                     GET  /follow-up/{log}/                                               l   l   l   l   l   l   l   l
follow_up.check                   GET  /follow-up/{log}/checks/ENV-CLEAN-001:execution:1               l   l   l   l   l   l   l   l
follow_up.note                    POST /follow-up/{log}/checks/ENV-CLEAN-001:execution:1               l   l   l   l   l   l   l   l
follow_up.undo                    POST /follow-up/{log}/checks/ENV-CLEAN-001:execution:1/undo          l   l   l   l   l   l   l   l
follow_up.count                   POST /follow-up/{log}/checks/ENV-CLEAN-001:execution:1/count         l   l   l   l   l   l   l   l
follow_up.procedure               GET  /follow-up/{log}/checks/ENV-CLEAN-001:execution:1/procedure     l   l   l   l   l   l   l   l
follow_up.take_step               POST /follow-up/{log}/checks/ENV-CLEAN-001:execution:1/procedure     l   l   l   l   l   l   l   l
follow_up.visit                   GET  /follow-up/{log}/visit                                          l   l   l   l   l   l   l   l
follow_up.save_visit              POST /follow-up/{log}/visit                                          l   l   l   l   l   l   l   l
follow_up.choose_lines            GET  /follow-up/{log}/visit/choose                                   l   l   l   l   l   l   l   l
follow_up.several                 GET  /follow-up/{log}/several                                        l   l   l   l   l   l   l   l
follow_up.note_several            POST /follow-up/{log}/several                                        l   l   l   l   l   l   l   l
follow_up.visit_document          GET  /follow-up/{log}/visit.docx                                     l   l   l   l   l   l   l   l
follow_up.workbook                GET  /follow-up/{log}/log.xlsx                                       l   l   l   l   l   l   l   l
follow_up.facts                   GET  /follow-up/{log}/facts                                          l   l   l   l   l   l   l   l
follow_up.change_facts            POST /follow-up/{log}/facts                                          l   l   l   l   l   l   l   l
follow_up.delete                  GET  /follow-up/{log}/delete                                         l   l   l   l   l   l   l   l
follow_up.delete_confirmed        POST /follow-up/{log}/delete                                         l   l   l   l   l   l   l   l

my_plans.open_one                 POST /my/plans/{owned_plan}/open                      -   o   o   o   o   o   o   o
plans.claim                       POST /plans/{plan}/claim                              -   l   l   l   l   l   l   l
plan_progress.choose              POST /plans/{plan}/progress/wishes                    -   -   -   -   -   -   -   -
plan_desk.show                    GET  /plans/desk                                      -   -   -   -   -   -   *   -
plan_desk.report                  GET  /plans/desk/report.xlsx                          -   -   -   -   -   -   *   -
plans.overview                    GET  /plans/{plan}                                    l   l   l   l   l   l   l   l
plans.undo                        POST /plans/{plan}/undo                               l   l   l   l   l   l   l   l
plans.redo                        POST /plans/{plan}/redo                               l   l   l   l   l   l   l   l
plans.delete                      GET  /plans/{plan}/delete                             l   l   l   l   l   l   l   l
plans.delete_confirmed            POST /plans/{plan}/delete                             l   l   l   l   l   l   l   l
plans.history                     GET  /plans/{plan}/history                            l   l   l   l   l   l   l   l
plans.adopt                       GET  /plans/{plan}/adopt                              l   l   l   l   l   l   l   l
plans.note_decision               POST /plans/{plan}/adopt                              l   l   l   l   l   l   l   l
plans.canevas                     GET  /plans/{plan}/canevas                            l   l   l   l   l   l   l   l
plans.move_to_canevas             POST /plans/{plan}/canevas                            l   l   l   l   l   l   l   l
plans.file                        GET  /plans/{plan}/files/fr.ics                       l   l   l   l   l   l   l   l
plans.version_file                GET  /plans/{plan}/versions/1/fr.ics                  l   l   l   l   l   l   l   l
plans.profile_file                GET  /plans/{plan}/files/profile.yaml                 l   l   l   l   l   l   l   l
plans.merge                       GET  /plans/{plan}/merge                              l   l   l   l   l   l   l   l
plans.look_at_merger              POST /plans/{plan}/merge                              l   l   l   l   l   l   l   l
plans.workbook                    GET  /plans/{plan}/workbook                           l   l   l   l   l   l   l   l
plans.read_workbook               POST /plans/{plan}/workbook                           l   l   l   l   l   l   l   l
plans.accept_workbook             POST /plans/{plan}/workbook/accept                    l   l   l   l   l   l   l   l
plans.step                        GET  /plans/{plan}/buying                             l   l   l   l   l   l   l   l
plans.save_plan_step              POST /plans/{plan}/buying                             l   l   l   l   l   l   l   l
plans.objectives                  GET  /plans/{plan}/objectives                         l   l   l   l   l   l   l   l
plans.category_objectives         GET  /plans/{plan}/objectives/general                 l   l   l   l   l   l   l   l
plans.save_category_objectives    POST /plans/{plan}/objectives/general                 l   l   l   l   l   l   l   l
plans.actions                     GET  /plans/{plan}/actions                            l   l   l   l   l   l   l   l
plans.element_actions             GET  /plans/{plan}/actions/governance                 l   l   l   l   l   l   l   l
plans.save_element_actions        POST /plans/{plan}/actions/governance                 l   l   l   l   l   l   l   l
plan_progress.progress            GET  /plans/{plan}/progress                           l   l   l   l   l   l   l   l
plan_progress.report              GET  /plans/{plan}/progress/report-fr.docx            l   l   l   l   l   l   l   l
plan_progress.set_states          POST /plans/{plan}/progress/actions                   l   l   l   l   l   l   l   l
plan_progress.note_figure         POST /plans/{plan}/progress/figures                   l   l   l   l   l   l   l   l
plan_progress.remove_figure       POST /plans/{plan}/progress/figures/remove            l   l   l   l   l   l   l   l
plan_progress.undo                POST /plans/{plan}/progress/undo                      l   l   l   l   l   l   l   l
plan_sources.spreadsheet          GET  /plans/{plan}/buying/spreadsheet                 l   l   l   l   l   l   l   l
plan_sources.upload               POST /plans/{plan}/buying/spreadsheet                 l   l   l   l   l   l   l   l
plan_sources.count                POST /plans/{plan}/buying/spreadsheet/count           l   l   l   l   l   l   l   l
plan_sources.left_lines           POST /plans/{plan}/buying/spreadsheet/left.csv        l   l   l   l   l   l   l   l
plan_sources.notices              GET  /plans/{plan}/buying/notices                     l   l   l   l   l   l   l   l
plan_sources.take_notices         POST /plans/{plan}/buying/notices                     l   l   l   l   l   l   l   l

questions.mine                    GET  /questions/mine                                            -   *    *    *    *   *   *   *
questions.conversation            GET  /questions/{question}                                      l   ol   olb  ol   ol  ol  *   l
questions.sent                    GET  /questions/{question}/sent                                 l   ol   olb  ol   ol  ol  *   l
questions.file                    GET  /questions/{question}/files/{file}                         l   ol   olb  ol   ol  ol  *   l
questions.write                   POST /questions/{question}                                      l   ol   ol   ol   l   l   *   l
questions.resolve                 POST /questions/{question}/resolve                              l   ol   ol   ol   l   l   *   l
questions.reopen                  POST /questions/{question}/reopen                               l   ol   ol   ol   l   l   *   l

helpdesk.queue                    GET  /helpdesk                                                  -   -    -    *    -   -   *   -
helpdesk.bulk                     POST /helpdesk/bulk                                             -   -    -    *    -   -   *   -
helpdesk.save_view                POST /helpdesk/views                                            -   -    -    *    -   -   *   -
helpdesk.delete_view              POST /helpdesk/views/999/delete                                 -   -    -    *    -   -   *   -
helpdesk.requests                 GET  /helpdesk/requests                                         -   -    -    -    *   *   -   -
helpdesk.ticket                   GET  /helpdesk/tickets/{ticket}                                 -   -    -    tw   w   w   *   -
helpdesk.ticket_file              GET  /helpdesk/tickets/{ticket}/files/{file}                    -   -    -    tw   w   w   *   -
helpdesk.reread                   GET  /helpdesk/tickets/{ticket}/files/{file}/reread             -   -    -    tw   w   w   *   -
helpdesk.comment                  POST /helpdesk/tickets/{ticket}/files/{file}/reread             -   -    -    tw   w   w   *   -
helpdesk.note                     POST /helpdesk/tickets/{ticket}/note                            -   -    -    tw   w   w   *   -
helpdesk.presence                 POST /helpdesk/tickets/{ticket}/presence                        -   -    -    tw   w   w   *   -
helpdesk.answer                   POST /helpdesk/tickets/{ticket}/answer                          -   -    -    tw   -   -   *   -
helpdesk.answer_as_expert         POST /helpdesk/tickets/{ticket}/expert-answer                   -   -    -    -    w   w   -   -
helpdesk.ask_expert               POST /helpdesk/tickets/{ticket}/expert                          -   -    -    tw   -   -   *   -
helpdesk.assign                   POST /helpdesk/tickets/{ticket}/assign                          -   -    -    tw   -   -   *   -
helpdesk.change_references        POST /helpdesk/tickets/{ticket}/references                      -   -    -    tw   -   -   *   -
helpdesk.change_state             POST /helpdesk/tickets/{ticket}/state/close                     -   -    -    tw   -   -   *   -
helpdesk.keep                     POST /helpdesk/tickets/{ticket}/keep                            -   -    -    tw   w   w   *   -
helpdesk.keep_typed               POST /helpdesk/tickets/{ticket}/typed                           -   -    -    tw   w   w   *   -
helpdesk.merge                    POST /helpdesk/tickets/{ticket}/merge                           -   -    -    tw   -   -   *   -
helpdesk.reroute                  POST /helpdesk/tickets/{ticket}/route                           -   -    -    tw   -   -   *   -
helpdesk.take_back                POST /helpdesk/tickets/{ticket}/take-back                       -   -    -    *    -   -   *   -
helpdesk.set_facts                POST /helpdesk/tickets/{ticket}/facts                           -   -    -    tw   -   -   *   -

helpdesk.ready_answers            GET  /helpdesk/ready-answers                                    -   -    -    *    -   -   *   -
helpdesk.new_ready_answer         GET  /helpdesk/ready-answers/new                                -   -    -    *    -   -   *   -
helpdesk.add_ready_answer         POST /helpdesk/ready-answers/new                                -   -    -    *    -   -   *   -
helpdesk.ready_answer             GET  /helpdesk/ready-answers/999                                -   -    -    *    -   -   *   -
helpdesk.change_ready_answer      POST /helpdesk/ready-answers/999                                -   -    -    *    -   -   *   -
helpdesk.delete_ready_answer      POST /helpdesk/ready-answers/999/delete                         -   -    -    *    -   -   *   -

articles.desk                     GET  /helpdesk/articles                                         -   -    -    *    *   -   *   -
articles.make                     POST /helpdesk/articles/of-ticket/{ticket}                      -   -    -    tw   w   -   *   -
articles.edit                     GET  /helpdesk/articles/{article}                               -   -    -    *    *   -   *   -
articles.store                    POST /helpdesk/articles/{article}                               -   -    -    *    *   -   *   -
articles.still_right              POST /helpdesk/articles/{article}/still-right                   -   -    -    *    -   -   *   -
articles.withdraw                 POST /helpdesk/articles/{article}/withdraw                      -   -    -    *    -   -   *   -

reports.show                      GET  /helpdesk/reports                                          -   -    -    *    -   -   *   -
reports.as_csv                    GET  /helpdesk/reports.csv                                      -   -    -    *    -   -   *   -
reports.chart                     GET  /helpdesk/reports/route.svg                                -   -    -    *    -   -   *   -
reports.digest                    GET  /helpdesk/obstacles                                        -   -    -    *    -   -   *   -
reports.publish_digest            POST /helpdesk/obstacles                                        -   -    -    *    -   -   *   -

mail.state                        GET  /helpdesk/mail                                             -   -    -    *    -   -   *   *
mail.resend                       POST /helpdesk/mail/outgoing/999/resend                         -   -    -    *    -   -   *   *
mail.arrived                      POST /helpdesk/mail/outgoing/999/arrived                        -   -    -    *    -   -   *   *
mail.file_again                   POST /helpdesk/mail/incoming/999/file                           -   -    -    *    -   -   *   *
mail.raw                          GET  /helpdesk/mail/incoming/999.eml                            -   -    -    *    -   -   *   -

coding.samples                    GET  /notices/coding                                            -   -    -    *    *   *   *   -
coding.draw                       POST /notices/coding                                            -   -    -    -    -   -   *   -
coding.read_next                  GET  /notices/coding/999/read                                   -   -    -    *    *   *   *   -
coding.read                       GET  /notices/coding/999/1                                      -   -    -    *    *   *   *   -
coding.note                       POST /notices/coding/999/1                                      -   -    -    *    *   *   *   -
coding.results                    GET  /notices/coding/999                                        -   -    -    -    -   -   *   -
coding.as_csv                     GET  /notices/coding/999.csv                                    -   -    -    -    -   -   *   -
coding.settle                     GET  /notices/coding/999/1/settle                               -   -    -    -    -   -   *   -
coding.settled                    POST /notices/coding/999/1/settle                               -   -    -    -    -   -   *   -
watching.state                    GET  /notices/watched                                           -   -    -    -    -   -   *   *

agenda.desk                       GET  /agenda/desk                                               -   -    -    -    -   -   *   -
agenda.create                     GET  /agenda/new                                                -   -    -    -    -   -   *   -
agenda.create                     POST /agenda/new                                                -   -    -    -    -   -   *   -
agenda.edit                       GET  /agenda/{event}/edit                                       -   -    -    -    -   -   *   -
agenda.edit                       POST /agenda/{event}/edit                                       -   -    -    -    -   -   *   -
agenda.publish                    POST /agenda/{event}/publish                                    -   -    -    -    -   -   *   -
agenda.withdraw                   POST /agenda/{event}/withdraw                                   -   -    -    -    -   -   *   -
"""
