import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One attachment: what it is, how far reading it is, what is wrong with it. Delete removes it, Enter tries again. */
Basic.Control {
    id: chip

    required property int index
    required property var model

    readonly property string name: model.name
    readonly property string problem: model.problem
    readonly property bool wrong: model.state === "error"
    readonly property bool reading: model.state === "reading"
    readonly property bool picture: model.thumb !== "" && !wrong
    readonly property real radius: Theme.gapLarge
    readonly property string typeWords: {
        if (wrong)
            return qsTr("Not attached")
        if (reading)
            return qsTr("Reading, %1 %").arg(Math.round(model.progress * 100))
        const size = Qt.locale().formattedDataSize(model.size, 1, Locale.DataSizeTraditionalFormat)
        const summary = model.summary
        if (summary.files !== undefined && !summary.damaged) {
            const files = qsTr("%n file(s)", "", summary.files)
            return summary.language ? files + " · " + summary.language : files
        }
        return model.type !== "" ? model.type + " · " + size : size
    }
    signal removeWanted()
    signal retryWanted()

    implicitWidth: picture ? Theme.px(56) : Math.min(Theme.px(280), body.implicitWidth + Theme.px(36))
    implicitHeight: Theme.px(56)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("Attachment %1. %2").arg(name).arg(problem || typeWords)
    Accessible.focusable: true
    Keys.onDeletePressed: removeWanted()
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace) {
            event.accepted = true
            removeWanted()
        } else if (wrong && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space)) {
            event.accepted = true
            retryWanted()
        }
    }

    background: Rectangle {
        radius: chip.radius
        color: chip.picture ? Theme.clear : Theme.dark ? Theme.tertiary : Theme.raised
        border.width: Theme.hairline
        border.color: chip.wrong ? Theme.errorInk : Theme.border
        FocusRing { target: chip }
    }
    contentItem: Item {
        Thumb {
            anchors.fill: parent
            visible: chip.picture
            source: chip.model.thumb
            radius: chip.radius
        }
        Row {
            id: body
            visible: !chip.picture
            anchors.left: parent.left
            anchors.leftMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap
            Rectangle {
                width: Theme.px(40)
                height: width
                radius: Theme.buttonRadius
                color: chip.wrong ? Theme.error : Theme.dark ? Theme.secondary : Theme.tertiary
                Icon {
                    anchors.centerIn: parent
                    visible: !ring.visible && !again.visible
                    name: ({image: "image", code: "code", text: "file", archive: "archive", pdf: "file",
                        folder: "folder"})[chip.model.kind] || "paperclip"
                    colour: Theme.iconSecondary
                }
                ProgressRing {
                    id: ring
                    anchors.centerIn: parent
                    visible: chip.reading
                    size: Theme.iconLarge
                    value: chip.model.progress
                }
                IconButton {
                    id: again
                    objectName: "retryAttachment"
                    anchors.centerIn: parent
                    visible: chip.wrong
                    size: Theme.smallButton
                    iconName: "retry"
                    colour: Theme.errorInk
                    text: qsTr("Try %1 again").arg(chip.name)
                    onClicked: chip.retryWanted()
                }
            }
            Column {
                anchors.verticalCenter: parent.verticalCenter
                Words {
                    text: chip.name
                    font: Theme.uiMedium
                    width: Math.min(implicitWidth, Theme.px(188))
                    elide: Text.ElideMiddle
                    Accessible.ignored: true
                }
                Words {
                    text: chip.typeWords
                    font: Theme.captionFont
                    color: chip.wrong ? Theme.errorInk : Theme.textSecondary
                    width: Math.min(implicitWidth, Theme.px(188))
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
        // Small for the eye, large enough for the hand.
        Basic.AbstractButton {
            id: cross
            objectName: "removeAttachment"
            readonly property real radius: width / 2
            anchors.right: parent.right
            anchors.rightMargin: -Theme.px(12)
            anchors.top: parent.top
            anchors.topMargin: -Theme.px(12)
            width: Theme.smallButton
            height: Theme.smallButton
            focusPolicy: Qt.StrongFocus
            opacity: chip.hovered || chip.visualFocus || hovered || visualFocus || chip.wrong || chip.reading ? 1 : 0
            text: chip.reading ? qsTr("Stop reading %1").arg(chip.name) : qsTr("Remove %1").arg(chip.name)
            Accessible.name: text
            Accessible.role: Accessible.Button
            onClicked: chip.removeWanted()
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            background: Item {
                Rectangle {
                    anchors.centerIn: parent
                    width: Theme.iconSize
                    height: width
                    radius: width / 2
                    color: Theme.primary
                    Icon {
                        anchors.centerIn: parent
                        name: "x"
                        size: Theme.iconTiny
                        colour: Theme.primaryInk
                    }
                }
                FocusRing { target: cross }
            }
            HoverHandler { cursorShape: Qt.PointingHandCursor }
        }
    }
    HoverHandler { id: hover }
    Tip {
        visible: (hover.hovered || chip.visualFocus) && !cross.hovered
        text: chip.problem || chip.name
        y: -height - Theme.gapLarge
    }
}
