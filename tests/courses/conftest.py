"""What courses are asked for by."""

from datetime import date

import pytest

from courses.requirements.requirement import Requirement, RequirementRule
from people.postings.posting import Duty


@pytest.fixture
def requirement(cast):
    """Of everybody who supports victims, for two years, by the deadline of the starter."""
    requirement = Requirement.objects.create(key="nhan-dien-nan-nhan", name="Nhận diện nạn nhân")
    RequirementRule.objects.create(
        requirement=requirement,
        duty=Duty.objects.get(key="ho_tro_nan_nhan"),
        course_key="nhan-dien-nan-nhan",
        deadline=date(2026, 12, 15),
        validity_months=24,
    )
    return requirement
