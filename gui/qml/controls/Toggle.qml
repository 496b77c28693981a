import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* On or off. */
Basic.Switch {
    id: toggle

    property real radius: Theme.px(10)

    implicitWidth: Theme.px(36)
    implicitHeight: Theme.smallButton
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.role: Accessible.CheckBox
    Accessible.checked: checked
    contentItem: null
    indicator: Rectangle {
        width: Theme.px(36)
        height: Theme.px(20)
        anchors.centerIn: parent
        radius: height / 2
        color: toggle.checked ? Theme.green : Theme.iconTertiary
        Rectangle {
            x: toggle.checked ? parent.width - width - Theme.px(2) : Theme.px(2)
            y: Theme.px(2)
            width: Theme.px(16)
            height: width
            radius: width / 2
            color: Theme.knob
            Behavior on x { NumberAnimation { duration: Theme.fast } }
        }
        FocusRing { target: toggle }
    }
}
