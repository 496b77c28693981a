import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* One of a few: `options` is a list of {value, text}; one that is `deliberate` does not take Enter. */
Rectangle {
    id: segmented

    property var options: []
    property string value
    signal chosen(string value)

    implicitWidth: row.implicitWidth + 2 * row.x
    implicitHeight: Theme.buttonSize
    radius: Theme.rowRadius
    color: Theme.tertiary
    Row {
        id: row
        x: Theme.px(2)
        anchors.verticalCenter: parent.verticalCenter
        Repeater {
            model: segmented.options
            Basic.AbstractButton {
                id: option
                required property var modelData
                readonly property real radius: Theme.px(8)
                text: modelData.text
                checked: segmented.value === modelData.value
                implicitWidth: caption.implicitWidth + 2 * Theme.gapLarge
                implicitHeight: Theme.smallButton
                focusPolicy: Qt.StrongFocus
                Accessible.name: text
                Accessible.role: Accessible.RadioButton
                Accessible.checked: checked
                onClicked: segmented.chosen(modelData.value)
                Keys.priority: Keys.BeforeItem
                Keys.onReturnPressed: if (!modelData.deliberate) clicked()
                Keys.onEnterPressed: if (!modelData.deliberate) clicked()
                background: Rectangle {
                    radius: option.radius
                    color: option.checked ? Theme.page : option.hovered ? Theme.hover : Theme.clear
                    FocusRing { target: option }
                }
                contentItem: Text {
                    id: caption
                    text: option.text
                    textFormat: Text.PlainText
                    font: Theme.uiFont
                    color: Theme.text
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
            }
        }
    }
}
