import QtQuick
import "../theme"
import "../controls"

/* What went red, the newest first; those that were seen stay listed, quieter. */
Column {
    id: alarms

    objectName: "alarmList"
    visible: App.board.alarms.count > 0
    spacing: Theme.gapSmall
    Item {
        width: parent.width
        height: Theme.smallButton
        SectionTitle { text: qsTr("Alarms"); topPadding: 0; anchors.verticalCenter: parent.verticalCenter }
        PillButton {
            objectName: "acknowledgeAll"
            anchors.right: parent.right
            implicitHeight: Theme.smallButton
            visible: App.board.unacknowledged > 0
            text: qsTr("I have seen them")
            onClicked: App.board.acknowledge("")
        }
    }
    Repeater {
        model: App.board.alarms
        Rectangle {
            id: alarm
            required property var model
            width: alarms.width
            height: Math.max(Theme.px(44), text.implicitHeight + Theme.padding)
            radius: Theme.rowRadius
            color: model.acknowledged ? Theme.clear : Theme.error
            border.width: Theme.hairline
            border.color: model.acknowledged ? Theme.borderLight : Theme.errorBorder
            Behavior on color { ColorAnimation { duration: Theme.contentFade } }
            Lamp {
                id: lamp
                x: Theme.gapLarge
                anchors.verticalCenter: parent.verticalCenter
                light: alarm.model.over ? "ok" : "down"
            }
            Words {
                id: text
                anchors.left: lamp.right
                anchors.leftMargin: Theme.gap
                anchors.right: seen.left
                anchors.verticalCenter: parent.verticalCenter
                text: alarm.model.when + "  " + alarm.model.name + ": " + alarm.model.evidence
                font: Theme.captionFont
                wrapMode: Text.Wrap
            }
            IconButton {
                id: seen
                anchors.right: parent.right
                anchors.rightMargin: Theme.gapSmall
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.smallButton
                iconSize: Theme.iconSmall
                visible: !alarm.model.acknowledged
                text: qsTr("I have seen this alarm")
                iconName: "check"
                onClicked: App.board.acknowledge(alarm.model.id)
            }
        }
    }
}
