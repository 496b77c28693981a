import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Search in all chats and documents. Arrows walk through what was found, Enter opens it at its line. */
Basic.Popup {
    id: dialog

    required property Item shell
    readonly property var found: App.search.rows
    readonly property bool asked: input.text.trim() !== ""
    property bool walked: false

    function look() {
        walked = false
        App.search.look(input.text)
        stand()
    }
    /* The first find is the one that Enter opens, until the person chose another. */
    function stand() {
        if (!walked)
            results.currentIndex = !asked || found.length === 0 ? 0 : 1
    }
    function walk(step) {
        walked = true
        if (step > 0)
            results.incrementCurrentIndex()
        else
            results.decrementCurrentIndex()
    }
    function take(index) {
        const hit = index > 0 ? found[index - 1] : null
        close()
        if (!hit)
            shell.newChat()
        else if (hit.kind === "document")
            App.sources.open(hit.place)
        else if (hit.spot.sessionId)
            shell.openSpot(hit.spot)
        else
            shell.openChat(hit.sessionId)
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

    Connections {
        target: App.search
        enabled: dialog.visible
        function onChanged() { dialog.stand() }
    }
    contentItem: Item {
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Search chats and documents")
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
            placeholderText: qsTr("Search chats and documents…")
            placeholderTextColor: Theme.textTertiary
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            selectByMouse: true
            background: null
            Accessible.name: qsTr("Search chats and documents")
            onTextEdited: dialog.look()
            // With nothing found yet, Enter waits no longer than it must; it never begins a new chat by mistake.
            onAccepted: {
                if (dialog.asked && dialog.found.length === 0 && App.search.waiting)
                    App.search.now()
                else
                    dialog.take(results.currentIndex)
            }
            Keys.onDownPressed: dialog.walk(1)
            Keys.onUpPressed: dialog.walk(-1)
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
            Accessible.name: qsTr("Found")
            delegate: SearchRow {
                required property int index
                readonly property var hit: index > 0 ? dialog.found[index - 1] || ({}) : ({})
                width: results.width
                icon_: index === 0 ? "pen-square" : hit.kind === "document" ? "file" : "chat"
                title: index === 0 ? qsTr("New chat") : App.desktop.oneLine(hit.title || "") || qsTr("New chat")
                snippet: hit.snippet || ""
                pieces: hit.pieces || []
                date: hit.date || ""
                shelf: hit.shelf || ""
                chosen: ListView.isCurrentItem
                onPointed: {
                    dialog.walked = true
                    results.currentIndex = index
                }
                onTaken: dialog.take(index)
            }
        }
        Words {
            objectName: "searchNothing"
            visible: dialog.found.length === 0 && dialog.asked
            anchors.centerIn: results
            text: App.search.waiting ? qsTr("Looking through the archive …") : qsTr("Nothing found.")
            color: Theme.textSecondary
        }
    }
}
