import QtQuick
import "../theme"
import "../controls"

/* The state of everything in one word, with its shape and colour, and since when. */
Rectangle {
    id: banner

    readonly property string since: App.board.sinceText

    objectName: "stateBanner"
    implicitHeight: Theme.px(56)
    radius: Theme.cardRadius
    color: Theme.alpha(lamp.colour, 0.12)
    border.width: Theme.hairline
    border.color: Theme.alpha(lamp.colour, 0.45)
    Accessible.role: Accessible.StatusBar
    Accessible.name: since ? qsTr("%1 since %2").arg(lamp.word).arg(since) : lamp.word
    Behavior on color { ColorAnimation { duration: Theme.colourChange } }

    Lamp {
        id: lamp
        x: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        light: App.board.state
        size: Theme.iconLarge
    }
    Words {
        id: word
        anchors.left: lamp.right
        anchors.leftMargin: Theme.gapLarge
        anchors.verticalCenter: parent.verticalCenter
        text: lamp.word
        font: Theme.fontOf(18, 600)
        Accessible.ignored: true
    }
    Note {
        anchors.left: word.right
        anchors.leftMargin: Theme.gapLarge
        anchors.right: again.left
        anchors.baseline: word.baseline
        visible: banner.since !== ""
        text: qsTr("since %1").arg(banner.since)
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    IconButton {
        id: again
        objectName: "probeAll"
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Look at everything now")
        iconName: "refresh"
        onClicked: App.board.probe("")
    }
}
