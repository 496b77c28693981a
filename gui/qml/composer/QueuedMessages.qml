import QtQuick
import "../theme"
import "../controls"

/* Messages that wait until the run is done; each can be taken back. */
ListView {
    id: queue

    implicitHeight: Math.min(contentHeight, Theme.px(132))
    spacing: Theme.gapSmall
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    model: App.composer.queued
    Accessible.role: Accessible.List
    Accessible.name: qsTr("%n message(s) waiting", "", count)
    delegate: Rectangle {
        id: row
        objectName: "queuedRow"
        required property int index
        required property string modelData
        readonly property string words: modelData.trim() || qsTr("Attached files")
        width: ListView.view.width
        height: Theme.px(40)
        radius: Theme.cardRadius
        color: Theme.tertiary
        Accessible.role: Accessible.ListItem
        Accessible.name: qsTr("Waiting: %1").arg(words)
        Icon {
            id: clock
            anchors.left: parent.left
            anchors.leftMargin: Theme.gapLarge
            anchors.verticalCenter: parent.verticalCenter
            name: "clock"
            size: Theme.iconSmall
            colour: Theme.iconSecondary
        }
        Words {
            anchors.left: clock.right
            anchors.leftMargin: Theme.gap
            anchors.right: back.left
            anchors.verticalCenter: parent.verticalCenter
            text: row.words.replace(/\s+/g, " ")
            elide: Text.ElideRight
            maximumLineCount: 1
            Accessible.ignored: true
        }
        IconButton {
            id: back
            objectName: "withdrawButton"
            anchors.right: parent.right
            anchors.rightMargin: Theme.gapSmall
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.smallButton
            radius: size / 2
            iconSize: Theme.iconSmall
            iconName: "x"
            text: qsTr("Take this message back")
            onClicked: App.composer.withdraw(row.index)
        }
    }
}
