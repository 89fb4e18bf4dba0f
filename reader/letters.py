"""Letters: the one that this library sends is a link for a new password, to an address that the member gave."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django_tasks import task

from reader import joining
from reader.account_names import key_of
from reader.models import User

LETTER = """\
Somebody, most likely you, has asked for a new password for {name}.

Choose it here, within a day:
{link}

If it was not you, leave this letter as it is: nothing has changed.
"""


@task()
def send_password_link(name: str) -> None:
    """Send a link to the member of this name, if there is one with an address. The worker does it: whoever asked is
    answered before anybody looks whether there is such a member, and so learns nothing from how long it takes."""
    member = User.objects.filter(key=key_of(name), is_active=True).exclude(email="").first()
    if member is None:
        return
    link = settings.URLS[0] + reverse("new-password", args=joining.password_link(member))
    body = LETTER.format(name=member.username, link=link)
    send_mail("A new password for Carrel", body, settings.DEFAULT_FROM_EMAIL, [member.email])
