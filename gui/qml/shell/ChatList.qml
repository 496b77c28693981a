import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The chats of the sidebar by date. One stop for Tab; arrows walk, Enter opens, F2 renames, Delete asks. */
Basic.Control {
    id: list

    required property Item shell
    readonly property bool atTop: rows.contentY <= rows.originY
    property string renaming
    readonly property var chats: App.chats

    function openMenu(row, anchorItem) {
        menu.sessionId = row.sessionId
        menu.chatTitle = row.title
        menu.pinned = row.section === "pinned"
        menu.archived = row.archived
        menu.popup(anchorItem, 0, anchorItem.height)
    }

    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Chats")
    Keys.onUpPressed: rows.decrementCurrentIndex()
    Keys.onDownPressed: rows.incrementCurrentIndex()
    Keys.onPressed: event => {
        const row = rows.currentItem
        if (!row)
            return
        event.accepted = true
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space)
            shell.openChat(row.sessionId)
        else if (event.key === Qt.Key_F2)
            renaming = row.sessionId
        else if (event.key === Qt.Key_Delete)
            shell.askDelete(row.sessionId, row.title)
        else if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier)
                 || event.key === (mirrored ? Qt.Key_Left : Qt.Key_Right))
            openMenu(row, row)
        else if (event.key === Qt.Key_Home)
            rows.currentIndex = 0
        else if (event.key === Qt.Key_End)
            rows.currentIndex = rows.count - 1
        else
            event.accepted = false
    }
    contentItem: ListView {
        id: rows
        model: list.chats
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        reuseItems: false
        highlightFollowsCurrentItem: true
        highlightMoveDuration: 0
        currentIndex: 0
        Basic.ScrollBar.vertical: SlimScrollBar {}
        section.property: "sectionTitle"
        footer: Item {
            width: rows.width
            height: archive.visible ? archive.height + Theme.gap : 0
            NavRow {
                id: archive
                objectName: "archiveRow"
                visible: App.preferences.hasArchived
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.leftMargin: Theme.rowGutter
                anchors.rightMargin: Theme.rowGutter
                iconName: "archive"
                text: list.chats.showArchived ? qsTr("Hide the archive") : qsTr("Show the archive")
                onClicked: list.chats.showArchived = !list.chats.showArchived
            }
        }
        section.delegate: Item {
            id: heading
            required property string section
            readonly property bool first: y <= rows.originY
            width: rows.width
            height: caption.height + (first ? Theme.gap : Theme.px(20)) + Theme.px(6)
            Words {
                id: caption
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: Theme.padding
                anchors.rightMargin: Theme.padding
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.px(6)
                height: Theme.uiLine
                verticalAlignment: Text.AlignVCenter
                text: heading.section
                font: Theme.chipFont
                color: Theme.textTertiary
                elide: Text.ElideRight
                horizontalAlignment: Text.AlignLeft
                Accessible.role: Accessible.Heading
            }
        }
        delegate: ChatRow {
            width: ListView.view.width
            chatList: list
        }
    }
    Words {
        visible: rows.count === 0 && !list.chats.loading
        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.padding
        text: qsTr("Your chats will be listed here.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    ChatMenu {
        id: menu
        shell: list.shell
        onRenameAsked: id => list.renaming = id
    }
}
