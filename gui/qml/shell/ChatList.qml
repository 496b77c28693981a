import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQml.Models
import "../theme"
import "../controls"

/*
    The projects of the sidebar and the chats by date. One stop for Tab; arrows walk, Enter opens, F2 renames, Delete asks.
    A project is a shelf in code, where a project is a program being made.
*/
Basic.Control {
    id: list

    required property Item shell
    readonly property bool atTop: rows.contentY <= rows.originY
    property string renaming
    readonly property var chats: App.chats
    readonly property bool dragging: drag.active
    readonly property string dropShelf: drag.moves ? drag.target : ""

    function openMenu(row, anchorItem) {
        if (row.kind === "shelf") {
            shelfMenu.shelf = row.shelf
            shelfMenu.key = row.key
            shelfMenu.name = row.title
            shelfMenu.standing = row.count
            shelfMenu.popup(anchorItem, 0, anchorItem.height)
            return
        }
        menu.sessionId = row.sessionId
        menu.chatTitle = row.title
        menu.pinned = row.pinned
        menu.shelf = row.shelf
        menu.archived = row.archived
        menu.popup(anchorItem, 0, anchorItem.height)
    }

    /* Left and right as in a tree: they open and close a project, lead from a chat to its project or into its menu. */
    function step(row, inwards) {
        if (row.kind === "shelf" && row.open !== inwards)
            row.taken()
        else if (row.kind === "shelf" && inwards)
            rows.incrementCurrentIndex()
        else if (row.kind === "chat" && inwards)
            openMenu(row, row)
        else if (row.section === "shelf")
            while (rows.currentItem && rows.currentItem.kind !== "shelf")
                rows.decrementCurrentIndex()
    }
    function askDelete(row) {
        if (row.kind === "shelf")
            shell.askRemoveShelf(row.shelf, row.title, row.count)
        else
            shell.askDelete(row.sessionId, row.title)
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
            row.taken()
        else if (event.key === Qt.Key_F2)
            renaming = row.key
        else if (event.key === Qt.Key_Delete)
            askDelete(row)
        else if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier))
            openMenu(row, row)
        else if (event.key === Qt.Key_Left || event.key === Qt.Key_Right)
            step(row, (event.key === Qt.Key_Right) !== mirrored)
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
        acceptedButtons: Qt.NoButton  // the mouse drags chats
        reuseItems: false
        highlightFollowsCurrentItem: true
        highlightMoveDuration: 0
        currentIndex: 0
        Basic.ScrollBar.vertical: SlimScrollBar {}
        section.property: "sectionTitle"
        header: Column {
            width: rows.width
            topPadding: Theme.gap
            Words {
                objectName: "shelvesHeading"
                x: Theme.padding
                width: parent.width - 2 * Theme.padding
                height: Theme.uiLine + Theme.px(6)
                text: qsTr("Projects")
                font: Theme.chipFont
                color: Theme.textTertiary
                elide: Text.ElideRight
                horizontalAlignment: Text.AlignLeft
                Accessible.role: Accessible.Heading
            }
            NavRow {
                objectName: "newShelf"
                x: Theme.rowGutter
                width: parent.width - 2 * Theme.rowGutter
                iconName: "folder-plus"
                text: qsTr("New project")
                onClicked: list.shell.askNewShelf("")
            }
        }
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
            width: rows.width
            height: caption.height + Theme.px(20) + Theme.px(6)
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
        delegate: DelegateChooser {
            role: "kind"
            DelegateChoice {
                roleValue: "shelf"
                ShelfRow {
                    width: ListView.view.width
                    chatList: list
                }
            }
            DelegateChoice {
                ChatRow {
                    width: ListView.view.width
                    chatList: list
                }
            }
        }
    }
    ChatDrag {
        id: drag
        rows: rows
    }
    Words {
        visible: rows.count === 0 && !list.chats.loading
        anchors.top: parent.top
        anchors.topMargin: rows.headerItem ? rows.headerItem.height + Theme.padding : 0
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
        onRenameAsked: key => list.renaming = key
    }
    ShelfMenu {
        id: shelfMenu
        shell: list.shell
        onRenameAsked: key => list.renaming = key
    }
}
