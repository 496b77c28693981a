import QtQuick

/*
    Every key of the window; the list of the shortcuts dialog and the hints read it too. Those with `act` work from
    anywhere, the others belong to the part they act on.
*/
Item {
    id: keys

    required property Item shell
    readonly property var all: [
        {id: "new", group: "chats", keys: "Ctrl+Shift+O", text: qsTr("New chat"), act: () => shell.newChat()},
        {id: "search", group: "chats", keys: "Ctrl+K", text: qsTr("Search chats"), act: () => shell.openSearch()},
        {id: "delete", group: "chats", keys: "Ctrl+Shift+Backspace", text: qsTr("Delete this chat"), act: () => shell.deleteCurrent()},
        {id: "find", group: "chats", keys: "Ctrl+F", text: qsTr("Find in this chat")},
        {id: "copyAnswer", group: "chats", keys: "Ctrl+Shift+C", text: qsTr("Copy the last answer"), act: () => shell.copyLast("answer")},
        {id: "copyCode", group: "chats", keys: "Ctrl+Shift+;", text: qsTr("Copy the last block of code"), act: () => shell.copyLast("code")},
        {id: "next", group: "chats", keys: "Alt+Down", text: qsTr("Next turn")},
        {id: "previous", group: "chats", keys: "Alt+Up", text: qsTr("Previous turn")},
        {id: "composer", group: "writing", keys: "Shift+Esc", text: qsTr("Go to the message field"), act: () => shell.focusComposer()},
        {id: "files", group: "writing", keys: "Ctrl+U", text: qsTr("Add files"), act: () => shell.addFiles()},
        {id: "stop", group: "writing", keys: "Esc", text: qsTr("Stop the run")},
        {id: "approve", group: "cards", keys: "Alt+A", text: qsTr("Approve the card in focus")},
        {id: "modify", group: "cards", keys: "Alt+M", text: qsTr("Modify the card in focus")},
        {id: "reject", group: "cards", keys: "Alt+R", text: qsTr("Reject the card in focus")},
        {id: "sidebar", group: "window", keys: "Ctrl+Shift+S", text: qsTr("Open or close the sidebar"), act: () => shell.toggleSidebar()},
        {id: "settings", group: "window", keys: "Ctrl+,", text: qsTr("Settings"), act: () => shell.openDrawer("")},
        {id: "board", group: "window", keys: "Ctrl+Shift+B", text: qsTr("System board"), act: () => shell.openDrawer("system")},
        {id: "nextPart", group: "window", keys: "F6", text: qsTr("Next part of the window"), act: () => shell.cycle(1)},
        {id: "previousPart", group: "window", keys: "Shift+F6", text: qsTr("Previous part of the window"), act: () => shell.cycle(-1)},
        {id: "larger", group: "window", keys: "Ctrl+=", more: ["Ctrl++"], text: qsTr("Larger"), act: () => App.preferences.zoom_by(1)},
        {id: "smaller", group: "window", keys: "Ctrl+-", text: qsTr("Smaller"), act: () => App.preferences.zoom_by(-1)},
        {id: "natural", group: "window", keys: "Ctrl+0", text: qsTr("Normal size"), act: () => App.preferences.zoom_by(0)},
        {id: "shortcuts", group: "window", keys: "Ctrl+/", text: qsTr("Keyboard shortcuts"), act: () => shell.openShortcuts()}
    ]

    function textOf(id) {
        const found = all.find(key => key.id === id)
        return found ? shown(found.keys) : ""
    }

    /* The keys as they are called on this system's keyboards. */
    function shown(text) {
        return Qt.platform.os === "osx" ? text.replace("Ctrl", "⌘").replace("Shift", "⇧").replace("Alt", "⌥") : text
    }

    Instantiator {
        model: keys.all.filter(key => key.act)
        delegate: Shortcut {
            required property var modelData
            sequences: [modelData.keys].concat(modelData.more || [])
            onActivated: modelData.act()
        }
    }
}
