import QtQuick
import "../theme"
import "../controls"

/* One line of the list of chats: its words, what goes on in it, and its buttons where the pointer or the keyboard is. */
Item {
    id: row

    required property int index
    property var chatList
    property string key
    property string words
    property string iconName
    property real indent: 0
    property bool current: false
    property bool marked: false
    property bool working: false
    property bool asking: false
    property bool resting: false
    property bool fresh: false
    property string optionsName
    property string renamed
    property string renameName
    property int longest: 200
    property alias buttons: extra.data
    readonly property real radius: Theme.rowRadius
    readonly property bool visualFocus: ListView.isCurrentItem && chatList.visualFocus
    readonly property bool editing: chatList.renaming === key
    readonly property bool pointed: !chatList.dragging && (hover.hovered || visualFocus || dots.hovered || dots.down)
    readonly property string news: (working ? ", " + qsTr("working") : "") + (asking ? ", " + qsTr("waits for you") : "")
        + (resting ? ", " + qsTr("paused") : "") + (fresh ? ", " + qsTr("unread") : "")
    signal taken()
    signal takenTwice()
    signal saved(string text)

    function openMenu() {
        chatList.openMenu(row, dots)
    }

    height: Theme.rowHeight
    Accessible.role: Accessible.ListItem
    Accessible.selected: current
    Accessible.onPressAction: taken()
    HoverHandler { id: hover }
    Rectangle {
        id: sheet
        readonly property alias visualFocus: row.visualFocus
        anchors.fill: parent
        anchors.leftMargin: Theme.rowGutter
        anchors.rightMargin: Theme.rowGutter
        radius: row.radius
        color: row.current ? Theme.selected : row.pointed || row.marked ? Theme.hover : Theme.clear
        border.width: row.marked ? Theme.focusWidth : 0
        border.color: Theme.blue
        FocusRing { target: sheet }
        TapHandler {
            enabled: !row.editing
            onTapped: row.taken()
            onDoubleTapped: row.takenTwice()
        }
        TapHandler {
            acceptedButtons: Qt.RightButton
            onTapped: row.openMenu()
        }
        Icon {
            id: picture
            visible: row.iconName !== "" && !row.editing
            anchors.left: parent.left
            anchors.leftMargin: Theme.px(10)
            anchors.verticalCenter: parent.verticalCenter
            name: row.iconName
        }
        Words {
            objectName: "rowWords"
            visible: !row.editing
            anchors.left: picture.visible ? picture.right : parent.left
            anchors.leftMargin: picture.visible ? Theme.gap : Theme.px(10) + row.indent
            anchors.right: state.visible ? state.left : dots.visible ? extra.left : parent.right
            anchors.rightMargin: state.visible || dots.visible ? 0 : Theme.px(10)
            anchors.verticalCenter: parent.verticalCenter
            text: row.words
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            maximumLineCount: 1
            Accessible.ignored: true
        }
        Item {
            id: state
            visible: !row.pointed && !row.editing && (row.working || row.asking || row.resting || row.fresh)
            anchors.fill: dots
            Spinner {
                objectName: "chatSpinner"
                anchors.centerIn: parent
                visible: row.working && !row.asking
                running: visible
            }
            Icon {
                objectName: "chatWaits"
                anchors.centerIn: parent
                visible: row.asking
                name: "light-degraded"
                size: Theme.iconTiny
                colour: Theme.yellow
            }
            Icon {
                objectName: "chatPaused"
                anchors.centerIn: parent
                visible: row.resting
                name: "pause"
                size: Theme.iconSmall
                colour: Theme.iconSecondary
            }
            Rectangle {
                objectName: "chatUnread"
                anchors.centerIn: parent
                visible: row.fresh && !row.working && !row.asking && !row.resting
                width: Theme.px(8)
                height: width
                radius: width / 2
                color: Theme.blue
            }
        }
        Row {
            id: extra
            visible: dots.visible
            anchors.right: dots.left
            anchors.verticalCenter: parent.verticalCenter
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
            text: row.optionsName
            onClicked: row.openMenu()
        }
        Loader {
            active: row.editing
            anchors.fill: parent
            sourceComponent: RenameField {
                initial: row.renamed
                maximumLength: row.longest
                Accessible.name: row.renameName
                onSaved: text => {
                    row.saved(text)
                    row.chatList.renaming = ""
                }
                onGivenUp: row.chatList.renaming = ""
            }
        }
    }
}
