import QtQuick
import "../theme"
import "../controls"

/* All of one event. */
Rectangle {
    id: detail

    property var event: ({})
    signal closed()

    objectName: "eventDetail"
    implicitHeight: Math.min(Theme.px(260), words.implicitHeight + 2 * Theme.gapLarge)
    radius: Theme.rowRadius
    color: Theme.code
    border.width: Theme.hairline
    border.color: Theme.borderLight
    Flickable {
        anchors.fill: parent
        anchors.margins: Theme.gapLarge
        contentHeight: words.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        TextEdit {
            id: words
            width: parent.width - Theme.smallButton
            readOnly: true
            selectByMouse: true
            activeFocusOnTab: true
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            font: Theme.logFont
            color: Theme.prose
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            readonly property string told: detail.event.name ? "#" + detail.event.seq + " " + detail.event.time + " " + detail.event.type + " (" + detail.event.risk + ")\n"
                + detail.event.name + "\n" + (detail.event.run ? detail.event.run + "\n" : "") + detail.event.detail : ""
            text: told
            Accessible.role: Accessible.StaticText
            Accessible.name: told
        }
    }
    IconButton {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gapSmall
        size: Theme.smallButton
        iconSize: Theme.iconSmall
        text: qsTr("Close")
        iconName: "x"
        onClicked: detail.closed()
    }
}
