"""Everything that changes people, accounts, sessions and tokens."""

from sgdocs.people.actions.guests import admit_guest, end_guest
from sgdocs.people.actions.links import ask_for_reset, invite, use_link
from sgdocs.people.actions.openid import begin_openid, bind_identity, take_attempt, unbind_identity
from sgdocs.people.actions.passwords import change_password, set_password
from sgdocs.people.actions.persons import (
    add_organisation,
    add_person,
    edit_organisation,
    edit_person,
    edit_profile,
    enter_leaving,
    leave,
    open_account,
    set_preferences,
)
from sgdocs.people.actions.requests import confirm_request, refuse_request, request_account
from sgdocs.people.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    new_recovery_codes,
    pass_second_factor,
    remove_second_factor,
    reset_second_factor,
)
from sgdocs.people.actions.sessions import (
    Browser,
    end_all_sessions,
    end_session,
    forget_expired,
    keep_alive,
    open_session,
    roles_changed,
    sign_out,
)
from sgdocs.people.actions.tokens import end_token, make_token, mark_token_used

__all__ = [
    "Browser",
    "add_organisation",
    "add_person",
    "admit_guest",
    "ask_for_reset",
    "begin_openid",
    "begin_second_factor",
    "bind_identity",
    "change_password",
    "confirm_request",
    "confirm_second_factor",
    "edit_organisation",
    "edit_person",
    "edit_profile",
    "end_all_sessions",
    "end_guest",
    "end_session",
    "end_token",
    "enter_leaving",
    "forget_expired",
    "invite",
    "keep_alive",
    "leave",
    "make_token",
    "mark_token_used",
    "new_recovery_codes",
    "open_account",
    "open_session",
    "pass_second_factor",
    "refuse_request",
    "remove_second_factor",
    "request_account",
    "reset_second_factor",
    "roles_changed",
    "set_password",
    "set_preferences",
    "sign_out",
    "take_attempt",
    "unbind_identity",
    "use_link",
]
