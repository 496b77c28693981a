"""Moments and lengths of time in the words of the window."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

_MINUTE = 60
_HOUR = 3_600
_DAY = 86_400


def ago(seconds: float) -> str:
    """Say how long ago something was, in steps that are no finer than a person reads."""
    translate, passed = QCoreApplication.translate, max(0, int(seconds))
    if passed < 1:
        return translate("moments", "now")
    if passed < _MINUTE:
        return translate("moments", "%1 s ago").replace("%1", str(passed))
    if passed < _HOUR:
        return translate("moments", "%1 min ago").replace("%1", str(passed // _MINUTE))
    if passed < _DAY:
        return translate("moments", "%1 h ago").replace("%1", str(passed // _HOUR))
    return translate("moments", "%1 d ago").replace("%1", str(passed // _DAY))


def milliseconds(number: float) -> str:
    """Say how long something took."""
    return QCoreApplication.translate("moments", "%1 ms").replace("%1", QLocale().toString(round(number)))


def moment(at: float) -> str:
    """Write a moment: today's as a time, an older one with its date; empty when there is none."""
    if not at:
        return ""
    when = QDateTime.fromSecsSinceEpoch(int(at))
    if when.date() == QDateTime.currentDateTime().date():
        return when.toString("HH:mm:ss")
    return f"{QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)} {when.toString('HH:mm')}"


def clock_time(at: float) -> str:
    """Write a moment as the event log does: its time, and the day when it is another one than today."""
    local = time.localtime(at)
    if local[:3] == time.localtime()[:3]:
        return time.strftime("%H:%M:%S", local)
    return time.strftime("%m-%d %H:%M:%S", local)
