import QtQuick
import "../theme"
import "../controls"

/* Words a person should not overlook, with what can be done about it: `kind` is error, warning or plain. */
Rectangle {
    id: notice

    property string kind: "plain"
    property string text
    property string iconName: kind === "plain" ? "info" : "alert"
    readonly property color ink: kind === "error" ? Theme.errorInk : kind === "warning" ? Theme.warningInk : Theme.text
    default property alias actions: buttons.data

    width: parent ? parent.width : 0
    implicitHeight: column.height + 2 * Theme.gapLarge
    radius: Theme.rowRadius
    color: kind === "error" ? Theme.error : kind === "warning" ? Theme.warning : Theme.dark ? Theme.raised : Theme.sidebar
    border.width: Theme.hairline
    border.color: kind === "error" ? Theme.errorBorder : kind === "warning" ? Theme.warningBorder : Theme.borderLight
    Icon {
        id: sign
        x: Theme.gapLarge
        y: Theme.gapLarge + Theme.px(1)
        name: notice.iconName
        size: Theme.iconSmall
        colour: notice.ink
    }
    Column {
        id: column
        x: sign.x + sign.width + Theme.gap
        y: Theme.gapLarge
        width: parent.width - x - Theme.gapLarge
        spacing: Theme.gap
        Words {
            width: parent.width
            text: notice.text
            color: notice.ink
            wrapMode: Text.Wrap
            Accessible.role: notice.kind === "plain" ? Accessible.StaticText : Accessible.AlertMessage
        }
        Flow {
            id: buttons
            width: parent.width
            spacing: Theme.gap
            visible: children.length > 0
        }
    }
}
