"""What has gone wrong in systems like this one, class by class, and the tests that hold it off here."""

from typing import NamedTuple


class Threat(NamedTuple):
    """A class of what goes wrong, in a sentence, and the tests that try it: `file::name`, seen from `tests/`."""

    sentence: str
    tests: tuple[str, ...]


CLASSES = {
    1: Threat(
        "A new route forgets the rule: each that takes a work, chapter, image, series, author, tag or token answers "
        "for a hidden work as for none at all.",
        (
            "leaks/test_every_route.py::test_every_address_has_a_row_and_every_row_an_address",
            "leaks/test_every_route.py::test_a_work_that_is_opened_shows_its_text_or_its_gate_or_nothing",
            "leaks/test_the_whole_table.py::test_no_address_shows_what_a_reader_may_not_see",
            "leaks/test_no_trace.py::test_a_hidden_work_costs_and_says_what_no_work_does",
            "leaks/test_no_trace.py::test_a_tag_author_or_series_that_only_hidden_works_have_costs_and_says_what_nothing_does",
            "leaks/test_accounts.py::test_links_that_were_never_given_look_like_those_that_are_spent",
        ),
    ),
    2: Threat(
        "Another way to the same text: the whole work, a page, HEAD, a range, a format, a spelling of the address, "
        "another method.",
        (
            "leaks/test_every_route.py::test_no_way_of_asking_gets_round_the_gate",
            "leaks/test_the_whole_table.py::test_no_other_way_of_looking_shows_what_a_reader_may_not_see",
            "leaks/test_the_whole_table.py::test_no_way_of_sending_shows_what_a_reader_may_not_see",
        ),
    ),
    3: Threat(
        "Files and exports carry what pages keep back.",
        (
            "leaks/test_every_route.py::test_the_past_of_a_work_shows_what_the_work_would_show",
            "leaks/test_stricter_pasts.py::test_an_older_text_that_was_explicit_asks_or_hides",
            "reader/test_originals.py::test_a_file_of_several_works_goes_only_to_whom_each_of_them_is_open",
            "reader/test_originals.py::test_a_file_with_a_work_that_nobody_may_see_goes_to_nobody",
            "leaks/test_every_route.py::test_addresses_are_those_of_works_on_this_readers_shelf_and_of_no_others",
        ),
    ),
    4: Threat(
        "Images have addresses of their own, and caches keep what a gate guards.",
        (
            "leaks/test_every_route.py::test_a_picture_is_shown_where_its_text_is_and_nowhere_else",
            "leaks/test_stricter_pasts.py::test_a_picture_that_only_a_stricter_older_file_brings_asks_like_its_text",
            "leaks/test_the_whole_table.py::test_no_address_shows_what_a_reader_may_not_see",
            "leaks/test_what_is_stored.py::test_a_page_with_words_of_a_text_is_stored_nowhere",
            "threats/test_agreement.py::test_going_back_after_signing_out_asks_again",
        ),
    ),
    5: Threat(
        "Feeds, devices, previews and search engines are told more than a page would tell.",
        (
            "leaks/test_what_is_stored.py::test_a_gate_tells_link_previews_title_and_no_more",
            "reader/test_tokens.py::test_a_token_has_agreed_to_what_the_account_remembers_and_to_nothing_else",
            "reader/test_tokens.py::test_a_work_that_would_ask_is_not_found",
            "reader/test_feeds.py::test_a_feed_is_for_one_reader_and_makes_no_session_and_no_cookie",
            "reader/test_feeds.py::test_what_is_known_is_not_told_again_and_what_is_hidden_changes_nothing",
            "reader/test_feeds.py::test_a_limit_acts_at_the_next_request",
            "reader/test_feeds.py::test_what_a_members_own_rules_set_aside_or_ask_about_is_left_out",
            "reader/test_house.py::test_nothing_here_is_for_search_engines",
            "house/test_headers.py::test_every_response_keeps_search_engines_and_the_powers_of_browsers_out",
        ),
    ),
    6: Threat(
        "Searching finds what is hidden: in titles, snippets, suggestions, hints, orders and totals.",
        (
            "leaks/test_every_route.py::test_searching_and_filtering_for_a_hidden_work_finds_and_names_nothing",
            "leaks/test_snippets.py::test_a_snippet_is_shown_of_open_works_only",
            "leaks/test_snippets.py::test_words_of_a_text_find_open_works_only",
            "leaks/test_no_trace.py::test_words_that_only_hidden_works_have_cost_what_no_words_do",
            "search/test_ranking.py::test_the_text_of_a_work_that_is_not_open_weighs_nothing",
        ),
    ),
    7: Threat(
        "Facets, counts, and the pages of tags, authors and series tell of hidden works; one reader's things of "
        "another's.",
        (
            "leaks/test_no_trace.py::test_no_page_is_another_for_hidden_works",
            "leaks/test_the_whole_table.py::test_no_shelf_that_is_asked_of_the_index_shows_what_a_reader_may_not_see",
            "leaks/test_every_route.py::test_a_tag_author_or_series_known_only_through_hidden_works_is_not_found",
            "leaks/test_own_rules.py::test_a_rule_about_hidden_works_counts_nothing_and_is_named_nowhere",
            "leaks/test_accounts.py::test_no_room_of_one_members_desk_shows_anything_of_anothers",
        ),
    ),
    8: Threat(
        "A rating that rises does not reach whoever is reading.",
        (
            "leaks/test_rules_that_change.py::test_a_rating_that_rises_with_an_update_closes_the_work_in_the_middle_of_reading",
            "leaks/test_rules_that_change.py::test_an_update_between_the_verdict_and_the_text_is_seen",
            "leaks/test_rules_that_change.py::test_a_warning_that_comes_with_an_update_asks_again",
            "leaks/test_members_only.py::test_what_a_keeper_ticks_on_the_page_of_a_work_holds_at_the_next_request_of_everybody",
        ),
    ),
    9: Threat(
        "What is unrated or cannot be read opens a gate, or a label that is none does.",
        (
            "test_access.py::test_what_nobody_has_rated_counts_as_explicit_for_ceilings",
            "test_merging.py::test_two_ratings_in_one_file_are_the_stricter_even_in_one_line",
            "leaks/test_labels_that_lie.py::test_a_mild_rating_anywhere_else_opens_nothing",
            "reader/test_gates.py::test_a_rating_in_unknown_words_is_shown_in_those_words",
            "leaks/test_members_only.py::test_labels_say_it_in_any_spelling",
        ),
    ),
    10: Threat(
        "An agreement is forged, fixed, linked, fetched ahead or replayed; `next` leads out of the house.",
        (
            "threats/test_agreement.py::test_an_agreement_cannot_be_forged",
            "threats/test_agreement.py::test_an_agreement_cannot_be_fixed_beforehand",
            "threats/test_agreement.py::test_an_agreement_cannot_be_linked_to_or_fetched_ahead",
            "threats/test_agreement.py::test_an_agreement_from_another_house_does_nothing",
            "threats/test_agreement.py::test_a_session_that_was_kept_is_worth_nothing_after_signing_out",
            "threats/test_agreement.py::test_going_back_after_signing_out_asks_again",
            "reader/test_gates.py::test_an_answer_never_leads_out_of_the_house",
            "leaks/test_accounts.py::test_nobody_is_led_to_another_house_by_next",
        ),
    ),
    11: Threat(
        "Another spelling of a blocked tag passes.",
        (
            "leaks/test_blocked_tags.py::test_a_rule_meets_every_spelling_of_a_tag",
            "leaks/test_blocked_tags.py::test_every_spelling_of_a_rule_meets_a_tag",
            "leaks/test_blocked_tags.py::test_what_stands_under_a_blocked_metatag_is_blocked_from_that_moment_on",
            "leaks/test_own_rules.py::test_variants_of_a_tag_are_one_rule",
        ),
    ),
    12: Threat(
        "Readers raise their own ceiling, or keep what they had before it was lowered.",
        (
            "threats/test_others.py::test_no_form_anywhere_raises_whoever_sends_it",
            "leaks/test_accounts.py::test_a_session_made_before_a_restriction_obeys_it_at_its_next_request",
            "reader/test_tokens.py::test_a_token_obeys_a_restriction_at_its_next_request",
            "reader/test_devices.py::test_a_ceiling_of_a_device_acts_at_its_next_request_and_nowhere_else",
            "reader/test_signing_out.py::test_a_teen_member_who_signs_out_sees_no_more_than_before",
            "leaks/test_own_rules.py::test_showing_once_opens_no_gate_and_raises_no_ceiling",
        ),
    ),
    13: Threat(
        "Pages and totals are made of more than is visible.",
        (
            "leaks/test_no_trace.py::test_no_page_is_another_for_hidden_works",
            "leaks/test_every_route.py::test_a_shelf_holds_what_this_reader_may_be_shown_and_counts_nothing_else",
            "leaks/test_own_rules.py::test_pages_and_totals_are_of_what_is_left",
        ),
    ),
    14: Threat(
        "What allows outweighs what forbids.",
        (
            "test_access.py::test_never_beats_allow_in_every_combination",
            "test_access.py::test_function_sql_and_bitmap_agree_on_the_whole_truth_table",
            "leaks/test_own_rules.py::test_a_blocked_tag_is_never_counted_or_named_though_the_member_avoids_it_too",
        ),
    ),
    21: Threat(
        "A password or a key that everybody knows; the first visitor becomes keeper.",
        (
            "leaks/test_accounts.py::test_there_is_no_default_account",
            "admin/test_what_only_keepers_do.py::test_the_first_visitor_does_not_become_keeper",
            "house/test_first_keeper.py::test_half_a_keeper_or_a_weak_password_stops_the_start",
            "house/test_secret_key.py::test_a_key_is_kept_and_only_its_owner_may_read_it",
            "house/test_secret_key.py::test_an_empty_key_is_refused",
            "house/test_environment.py::test_nothing_set_means_sqlite_in_the_library_folder_on_loopback_names",
        ),
    ),
    22: Threat(
        "A header says who is asking, and anybody can send it.",
        (
            "leaks/test_only_posts_change.py::test_no_header_signs_anybody_in",
            "house/test_proxies.py::test_anybody_else_is_not_and_leaves_no_trace",
            "house/test_serving.py::test_no_proxy_is_believed_by_the_server_itself",
            "house/test_headers.py::test_an_unknown_host_is_told_what_to_do",
        ),
    ),
    23: Threat(
        "Passwords are guessed without end, or the answer tells who has an account.",
        (
            "reader/test_signing_in.py::test_six_wrong_guesses_are_too_many_and_the_right_password_waits_too",
            "reader/test_signing_in.py::test_no_header_of_the_client_makes_it_another_peer",
            "reader/test_signing_in.py::test_whoever_guesses_many_names_from_one_address_meets_the_limit_of_the_address",
            "reader/test_signing_in.py::test_whether_a_name_exists_is_seen_neither_in_words_nor_in_status_nor_in_limits",
            "reader/test_signing_in.py::test_as_many_passwords_are_hashed_for_a_name_that_exists_as_for_one_that_does_not",
            "reader/test_letters.py::test_the_answer_is_the_same_for_every_name_and_the_work_too",
        ),
    ),
    24: Threat(
        "Another site changes something here, or looking does; pages are framed or read from elsewhere.",
        (
            "leaks/test_only_posts_change.py::test_a_post_without_its_token_does_nothing",
            "leaks/test_only_posts_change.py::test_looking_writes_nothing",
            "admin/test_who_may_enter.py::test_every_change_needs_a_token",
            "house/test_headers.py::test_pages_refuse_to_be_framed",
            "threats/test_agreement.py::test_no_other_house_is_let_read_an_answer",
        ),
    ),
    25: Threat(
        "One reader reads or changes what is another's.",
        (
            "threats/test_others.py::test_no_request_of_one_member_changes_or_shows_what_is_anothers",
            "leaks/test_accounts.py::test_no_number_in_an_address_reaches_what_is_anothers",
            "reader/test_filters.py::test_a_filter_is_found_by_its_owner_only",
            "reader/test_rules.py::test_nobodys_rules_are_anybody_elses",
            "reader/test_pairing.py::test_nobody_confirms_the_device_of_somebody_else",
            "admin/test_uploads.py::test_files_of_anybody_else_are_thrown_away_unread",
        ),
    ),
    26: Threat(
        "What is typed becomes syntax, or an error.",
        (
            "search/test_words_typed.py::test_nothing_that_is_typed_errs_or_becomes_syntax",
            "reader/test_shelves.py::test_no_question_makes_the_shelf_err",
            "reader/test_asking.py::test_no_typed_question_errs",
            "index/test_plain.py::test_no_search_words_err_or_find_everything",
        ),
    ),
    27: Threat(
        "Keepers do more than they may; what is exported runs in a spreadsheet.",
        (
            "admin/test_who_may_enter.py::test_our_own_pages_ask_for_their_power",
            "admin/test_who_may_enter.py::test_actions_are_offered_only_to_those_who_may",
            "admin/test_who_may_enter.py::test_a_keeper_cannot_raise_themselves",
            "admin/test_what_only_keepers_do.py::test_each_decision_on_held_works_takes_its_power_one_by_one_and_in_bulk",
            "leaks/test_the_whole_table.py::test_the_keepers_desk_shows_nothing_to_anybody_else",
            "threats/test_every_class.py::test_nothing_is_handed_out_as_a_table_that_a_spreadsheet_would_run",
        ),
    ),
    28: Threat(
        "Two things at once: imports, imports and reading, a locked database, two starts.",
        (
            "hostile/test_arriving.py::test_the_same_upload_twice_at_once_is_one_work",
            "index/test_life_of_processes.py::test_threads_ask_while_works_come_and_snapshots_are_swapped",
            "house/test_worker.py::test_a_database_that_is_locked_or_not_set_up_is_waited_for",
            "house/test_migrating.py::test_two_that_start_at_once_take_turns",
            "admin/test_what_only_keepers_do.py::test_two_keepers_who_change_the_policy_at_once_take_turns",
        ),
    ),
    29: Threat(
        "Logs tell what is hidden, what is secret, or what somebody reads.",
        (
            "leaks/test_logs.py::test_no_log_holds_a_title_a_tag_or_the_number_of_a_work",
            "leaks/test_accounts.py::test_no_log_holds_a_name_a_password_a_token_or_a_link",
            "house/test_headers.py::test_logs_name_the_route_and_never_the_address",
        ),
    ),
}
"""The numbers are those of the list that the house was tried on from the beginning. What a file holds and how it
arrives, 15 to 20, is tried in `tests/hostile`; backups, 30, with the command that makes them."""
