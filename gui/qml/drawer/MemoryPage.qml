import QtQuick
import QtQuick.Controls.Basic as Basic
import QtQuick.Dialogs
import "../theme"
import "../controls"

/* The memory: what is kept and how it is found, what a chat has decided, and what a person does with single documents. */
Item {
    id: page

    property var chosen: ({})
    property string verb
    readonly property bool searching: App.memory.question !== ""
    readonly property var kindWords: ({
        "": qsTr("All kinds"), "dialogue": qsTr("Dialogues"), "docs": qsTr("Texts"), "code": qsTr("Code"), "errors": qsTr("Errors"),
    })
    readonly property var standingWords: ({
        "": qsTr("All"), "kept": qsTr("In use"), "quarantined": qsTr("Quarantined"), "forgotten": qsTr("Forgotten"),
    })

    function openMenu(row, model) {
        chosen = {document: model.document, name: model.name, standing: model.standing, lines: model.lines}
        menu.popup(row, row.width - menu.width, row.height)
    }
    function ask(what) {
        verb = what
        reason.open()
    }
    function exportTo() {
        exporting.active = true
    }
    /* What gets the focus by keyboard comes into view. */
    function reveal(item) {
        for (let parent = item; parent; parent = parent.parent)
            if (parent === list.headerItem) {
                const top = item.mapToItem(list.contentItem, 0, 0).y
                list.moved = true
                if (top < list.contentY)
                    list.contentY = Math.max(list.originY - list.topMargin, top - Theme.padding)
                else if (top + item.height > list.contentY + list.height)
                    list.contentY = top + item.height + Theme.padding - list.height
                return
            }
    }

    objectName: "memoryPage"
    Component.onCompleted: App.memory.load(App.chats.current)
    Component.onDestruction: App.memory.ask("")
    Connections {
        target: page.Window.window
        function onActiveFocusItemChanged() {
            const item = page.Window.activeFocusItem
            if (item && item.visualFocus === true)
                page.reveal(item)
        }
    }

    ListView {
        id: list
        objectName: "memoryList"
        anchors.fill: parent
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gapLarge
        topMargin: Theme.padding
        bottomMargin: Theme.padding
        clip: true
        activeFocusOnTab: count > 0
        keyNavigationEnabled: true
        highlightMoveDuration: 0
        currentIndex: -1
        boundsBehavior: Flickable.StopAtBounds
        model: page.searching ? App.memory.found : App.memory.documents
        Basic.ScrollBar.vertical: SlimScrollBar {
            parent: page
            anchors.top: parent.top
            anchors.bottom: parent.bottom
            anchors.right: parent.right
        }
        Accessible.role: Accessible.List
        Accessible.name: page.searching ? qsTr("%n line(s) found", "", count) : qsTr("%n document(s)", "", count)
        // What stands over the list comes in pieces; until somebody moves it, its top stays in sight.
        property bool moved: false
        function rest() {
            if (!moved)
                contentY = originY - topMargin
        }
        onMovementStarted: moved = true
        onContentHeightChanged: Qt.callLater(rest)
        onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0
        onCurrentIndexChanged: moved = moved || currentIndex > 0
        onAtYEndChanged: if (atYEnd && !page.searching && App.memory.more) App.memory.further()
        Keys.onReturnPressed: if (currentItem) currentItem.taken()
        Keys.onPressed: event => {
            const asked = event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier)
            event.accepted = activeFocus && currentItem !== null && asked && !page.searching
            if (event.accepted)
                currentItem.optioned()
        }
        header: MemoryHead {
            width: list.width
            memoryPage: page
            bottomPadding: Theme.gap
        }
        delegate: Loader {
            id: row
            required property int index
            required property var model
            function taken() { item.taken() }
            function optioned() { page.openMenu(row, model) }
            width: list.width
            sourceComponent: page.searching ? line : document
            Accessible.role: Accessible.ListItem
            Accessible.name: item ? item.told : ""
            Component {
                id: document
                DocumentRow {
                    model: row.model
                    memoryPage: page
                    current: list.activeFocus && row.ListView.isCurrentItem
                    onTaken: App.sources.openAll(row.model.document)
                    onOptioned: row.optioned()
                }
            }
            Component {
                id: line
                FoundRow {
                    model: row.model
                    current: list.activeFocus && row.ListView.isCurrentItem
                    onTaken: App.sources.open(row.model.place)
                }
            }
        }
        footer: Note {
            width: list.width
            topPadding: Theme.gap
            visible: list.count === 0
            text: page.searching ? qsTr("Nothing found.") : qsTr("No document is kept yet. Everything said in chats is kept as well; it is found by the search above.")
        }
    }
    PopupMenu {
        id: menu
        objectName: "documentMenu"
        MenuEntry {
            objectName: "documentOpen"
            visible: page.chosen.standing !== "forgotten" && page.chosen.lines > 0
            iconName: "eye"
            text: qsTr("Read")
            onTriggered: App.sources.openAll(page.chosen.document)
        }
        MenuEntry {
            objectName: "documentExport"
            visible: page.chosen.standing !== "forgotten"
            iconName: "save"
            text: qsTr("Export ...")
            onTriggered: page.exportTo()
        }
        MenuEntry {
            objectName: "documentQuarantine"
            visible: page.chosen.standing === "kept"
            iconName: "shield"
            text: qsTr("Quarantine ...")
            description: qsTr("Kept, but never used")
            onTriggered: page.ask("quarantine")
        }
        MenuEntry {
            objectName: "documentRelease"
            visible: page.chosen.standing === "quarantined"
            iconName: "check"
            text: qsTr("Release ...")
            description: qsTr("To be found and used again")
            onTriggered: page.ask("release")
        }
        MenuEntry {
            objectName: "documentForget"
            visible: page.chosen.standing !== "forgotten"
            iconName: "trash"
            dangerous: true
            text: qsTr("Forget ...")
            description: qsTr("Its bytes are erased for good")
            onTriggered: page.ask("forget")
        }
    }
    ReasonField {
        id: reason
        objectName: "memoryReason"
        title: page.verb === "forget" ? qsTr("Forget this document?") : page.verb === "quarantine" ? qsTr("Quarantine this document?") : qsTr("Release this document?")
        question: page.verb === "forget" ? qsTr("%1 is erased and cannot be brought back; what was learnt from it is no longer found.").arg(page.chosen.name)
            : page.verb === "quarantine" ? qsTr("%1 stays as it is, but no answer and no program is made with it.").arg(page.chosen.name)
            : qsTr("%1 may be found and used again.").arg(page.chosen.name)
        verb: page.verb === "forget" ? qsTr("Forget") : page.verb === "quarantine" ? qsTr("Quarantine") : qsTr("Release")
        onGiven: words => App.memory.decide(page.chosen.document, page.verb, words)
    }
    Loader {
        id: exporting
        active: false
        sourceComponent: FileDialog {
            fileMode: FileDialog.SaveFile
            title: qsTr("Export a document")
            selectedFile: App.memory.suggested(page.chosen.name)
            Component.onCompleted: open()
            onAccepted: { App.memory.export(page.chosen.document, selectedFile); exporting.active = false }
            onRejected: exporting.active = false
        }
    }
}
