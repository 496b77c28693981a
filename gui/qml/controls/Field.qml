import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* One line to type into; `problem` is shown under it in words. */
Column {
    id: field

    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias echoMode: input.echoMode
    property alias input: input
    property string label
    property string problem
    signal accepted()

    spacing: Theme.gapSmall
    Words {
        visible: field.label !== ""
        width: parent.width
        wrapMode: Text.Wrap
        text: field.label
        font: Theme.uiMedium
    }
    Basic.TextField {
        id: input
        width: parent.width
        height: Theme.px(40)
        font: Theme.uiFont
        color: Theme.text
        placeholderTextColor: Theme.textTertiary
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        leftPadding: Theme.gapLarge
        rightPadding: Theme.gapLarge
        selectByMouse: true
        Accessible.name: field.label || placeholderText
        onAccepted: field.accepted()
        background: Rectangle {
            radius: Theme.rowRadius
            color: Theme.clear
            border.width: input.activeFocus ? Theme.focusWidth : Theme.hairline
            border.color: field.problem !== "" ? Theme.errorInk : input.activeFocus ? Theme.focus : Theme.border
        }
    }
    Words {
        visible: field.problem !== ""
        text: field.problem
        font: Theme.captionFont
        color: Theme.errorInk
        width: parent.width
        wrapMode: Text.Wrap
    }
}
