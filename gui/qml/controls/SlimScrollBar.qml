import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* A narrow scroll bar that never takes room from the text. */
Basic.ScrollBar {
    id: bar

    policy: size < 1 ? Basic.ScrollBar.AlwaysOn : Basic.ScrollBar.AlwaysOff
    minimumSize: 0.05
    padding: Theme.px(2)
    Accessible.ignored: true
    contentItem: Rectangle {
        implicitWidth: Theme.px(6)
        implicitHeight: Theme.px(6)
        radius: width / 2
        color: bar.pressed || bar.hovered ? Theme.scrollbarHover : Theme.scrollbar
    }
}
