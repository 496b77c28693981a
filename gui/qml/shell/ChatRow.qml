import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* One chat: its title, what goes on in it, and its menu where the pointer or the keyboard is. */
Item {
    id: row

    required property string sessionId
    required property string title
    required property string section
    required property bool running
    required property bool waits
    required property bool paused
    required property bool unread
    required property bool archived
    required property int index
    property var chatList
    readonly property real radius: Theme.rowRadius
    readonly property bool visualFocus: ListView.isCurrentItem && chatList.visualFocus
    readonly property bool current: chatList.chats.current === sessionId
    readonly property bool editing: chatList.renaming === sessionId
    readonly property bool pointed: hover.hovered || visualFocus || dots.hovered || dots.down
    readonly property string shownTitle: title || qsTr("New chat")

    objectName: "chatRow"
    height: Theme.rowHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: shownTitle + (running ? ", " + qsTr("working") : "") + (waits ? ", " + qsTr("waits for you") : "") + (paused ? ", " + qsTr("paused") : "")
        + (unread ? ", " + qsTr("unread") : "")
    Accessible.selected: current
    Accessible.onPressAction: chatList.shell.openChat(sessionId)
    HoverHandler { id: hover }
    Rectangle {
        id: sheet
        readonly property alias visualFocus: row.visualFocus
        anchors.fill: parent
        anchors.leftMargin: Theme.rowGutter
        anchors.rightMargin: Theme.rowGutter
        radius: row.radius
        color: row.current ? Theme.selected : row.pointed ? Theme.hover : Theme.clear
        FocusRing { target: sheet }
        TapHandler {
            enabled: !row.editing
            onTapped: {
                row.chatList.shell.openChat(row.sessionId)
            }
            onDoubleTapped: row.chatList.renaming = row.sessionId
        }
        TapHandler {
            acceptedButtons: Qt.RightButton
            onTapped: row.chatList.openMenu(row, dots)
        }
        Words {
            visible: !row.editing
            anchors.left: parent.left
            anchors.leftMargin: Theme.px(10)
            anchors.right: state.visible || dots.visible ? dots.left : parent.right
            anchors.rightMargin: state.visible || dots.visible ? 0 : Theme.px(10)
            anchors.verticalCenter: parent.verticalCenter
            text: row.shownTitle
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            maximumLineCount: 1
            Accessible.ignored: true
        }
        Item {
            id: state
            visible: !row.pointed && !row.editing && (row.running || row.waits || row.paused || row.unread)
            anchors.fill: dots
            Spinner {
                objectName: "chatSpinner"
                anchors.centerIn: parent
                visible: row.running && !row.waits
                running: visible
            }
            Icon {
                objectName: "chatWaits"
                anchors.centerIn: parent
                visible: row.waits
                name: "light-degraded"
                size: Theme.iconTiny
                colour: Theme.yellow
            }
            Icon {
                objectName: "chatPaused"
                anchors.centerIn: parent
                visible: row.paused
                name: "pause"
                size: Theme.iconSmall
                colour: Theme.iconSecondary
            }
            Rectangle {
                objectName: "chatUnread"
                anchors.centerIn: parent
                visible: row.unread && !row.running && !row.waits && !row.paused
                width: Theme.px(8)
                height: width
                radius: width / 2
                color: Theme.blue
            }
        }
        IconButton {
            id: dots
            objectName: "chatDots"
            visible: row.pointed && !row.editing
            focusPolicy: Qt.NoFocus
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(2)
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.smallButton
            iconName: "dots"
            colour: Theme.iconSecondary
            text: qsTr("Options of the chat %1").arg(row.shownTitle)
            onClicked: row.chatList.openMenu(row, dots)
        }
        Loader {
            active: row.editing
            anchors.fill: parent
            sourceComponent: RenameField {
                initial: row.title
                onSaved: text => {
                    row.chatList.chats.rename(row.sessionId, text)
                    row.chatList.renaming = ""
                }
                onGivenUp: row.chatList.renaming = ""
            }
        }
    }
}
