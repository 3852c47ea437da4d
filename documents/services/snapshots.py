"""What every paper says of its office and signer, frozen as plain JSON."""

import base64
from typing import Any

from agencies.models import Office, Signer, User


def letterhead_of(office: Office) -> dict[str, Any]:
    contact = [
        ("Laman", office.website),
        ("Surel", office.email),
        ("Telepon/Faks", office.phone),
    ]
    logo = office.logo
    return {
        "lines": office.letterhead.splitlines(),
        "address": office.address,
        "contact": ", ".join(f"{label}: {value}" for label, value in contact if value),
        "city": office.city,
        "zone": office.time_zone,
        "logo": base64.b64encode(logo.png).decode() if logo else "",
    }


def signer_of(signer: Signer) -> dict[str, str]:
    return {
        "capacity": signer.capacity,
        "post": signer.post,
        "name": signer.name,
        "rank": signer.rank,
        "nip": signer.nip,
    }


def signer_for(office: Office, user: User) -> Signer:
    """The user as the office's list of signers writes them, or as their account does."""
    listed = Signer.objects.on(office.today).filter(office=office, user=user).first()
    return listed or Signer(
        office=office,
        user=user,
        name=user.name,
        post=user.post,
        rank=user.rank,
        nip=user.nip,
    )
