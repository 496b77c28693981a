import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* The line between two groups of a menu. */
Basic.MenuSeparator {
    padding: 0
    height: visible ? implicitHeight : 0
    topPadding: Theme.gapSmall
    bottomPadding: Theme.gapSmall
    contentItem: Rectangle {
        implicitHeight: Theme.hairline
        color: Theme.border
    }
}
