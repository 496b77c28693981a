import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Search in all chats. Arrows walk through what was found, Enter opens it. */
Basic.Popup {
    id: dialog

    required property Item shell
    property var found: []

    function look() {
        found = App.chats.find(input.text.trim())
        results.currentIndex = input.text.trim() === "" || found.length === 0 ? 0 : 1
    }
    function take(index) {
        close()
        if (index <= 0)
            shell.newChat()
        else
            shell.openChat(found[index - 1].sessionId)
    }

    objectName: "searchDialog"
    parent: Basic.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.px(680), parent ? parent.width - 2 * Theme.marginBase : Theme.px(680))
    height: Math.min(Theme.px(440), parent ? parent.height - 2 * Theme.marginBase : Theme.px(440))
    modal: true
    focus: true
    padding: 0
    closePolicy: Basic.Popup.CloseOnEscape | Basic.Popup.CloseOnPressOutside
    Basic.Overlay.modal: Rectangle { color: Theme.scrim }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.fast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.fast } }
    background: Rectangle {
        color: Theme.raised
        radius: Theme.cardRadius
        border.width: Theme.hairline
        border.color: Theme.borderLight
    }
    onAboutToShow: {
        input.clear()
        look()
    }
    onOpened: input.forceActiveFocus()

    // A search in the engine's archive while somebody types would ask for every letter.
    Timer {
        id: pause
        interval: 150
        onTriggered: dialog.look()
    }
    contentItem: Item {
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Search chats")
        Basic.TextField {
            id: input
            objectName: "searchInput"
            anchors.top: parent.top
            anchors.left: parent.left
            anchors.right: closer.left
            height: Theme.px(64)
            leftPadding: Theme.px(24)
            rightPadding: Theme.gap
            font: Theme.proseFont
            color: Theme.text
            placeholderText: qsTr("Search chats…")
            placeholderTextColor: Theme.textTertiary
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            selectByMouse: true
            background: null
            Accessible.name: qsTr("Search chats")
            onTextEdited: pause.restart()
            onAccepted: {
                if (pause.running) {
                    pause.stop()
                    dialog.look()
                }
                dialog.take(results.currentIndex)
            }
            Keys.onDownPressed: results.incrementCurrentIndex()
            Keys.onUpPressed: results.decrementCurrentIndex()
        }
        IconButton {
            id: closer
            anchors.right: parent.right
            anchors.rightMargin: Theme.padding
            anchors.verticalCenter: input.verticalCenter
            size: Theme.smallButton
            iconName: "x"
            text: qsTr("Close")
            onClicked: dialog.close()
        }
        Rectangle {
            id: line
            anchors.top: input.bottom
            width: parent.width
            height: Theme.hairline
            color: Theme.border
        }
        ListView {
            id: results
            objectName: "searchResults"
            anchors.top: line.bottom
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.gap
            anchors.rightMargin: Theme.gap
            topMargin: Theme.gap
            bottomMargin: Theme.gap
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            model: dialog.found.length + 1
            Basic.ScrollBar.vertical: SlimScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Chats found")
            delegate: SearchRow {
                required property int index
                readonly property var hit: index > 0 ? dialog.found[index - 1] || ({}) : ({})
                width: results.width
                icon_: index === 0 ? "pen-square" : "chat"
                title: index === 0 ? qsTr("New chat") : hit.title || qsTr("New chat")
                snippet: hit.snippet || ""
                date: hit.date || ""
                shelf: hit.shelf || ""
                chosen: ListView.isCurrentItem
                onPointed: results.currentIndex = index
                onTaken: dialog.take(index)
            }
        }
        Words {
            visible: dialog.found.length === 0 && input.text.trim() !== ""
            anchors.centerIn: results
            text: qsTr("Nothing found.")
            color: Theme.textSecondary
        }
    }
}
