import QtQuick
import "../theme"
import "../controls"

/* What can be added to a message, and what can be wished for the chat that begins with it. */
PopupMenu {
    id: menu

    readonly property var targets: [
        {id: "", name: qsTr("Chosen by MultiCoder")},
        {id: "exe", name: qsTr("Program (exe)")},
        {id: "zip", name: qsTr("Zip archive")},
        {id: "source", name: qsTr("Source code")}
    ]
    signal filesWanted()
    signal folderWanted()
    signal zipWanted()
    signal searchWanted()

    function targetName(id) {
        return targets.find(target => target.id === id).name
    }

    MenuEntry {
        objectName: "addFiles"
        text: qsTr("Add files")
        iconName: "paperclip"
        shortcutText: "Ctrl+U"
        onTriggered: menu.filesWanted()
    }
    MenuEntry {
        objectName: "addFolder"
        text: qsTr("Add a folder")
        iconName: "folder-plus"
        onTriggered: menu.folderWanted()
    }
    MenuEntry {
        objectName: "addZip"
        text: qsTr("Add a zip project")
        iconName: "archive"
        onTriggered: menu.zipWanted()
    }
    MenuEntry {
        objectName: "addClipboard"
        text: qsTr("From the clipboard")
        iconName: "clipboard"
        onTriggered: App.composer.paste(false)
    }
    MenuLine {}
    PopupMenu {
        id: targetMenu
        objectName: "targetMenu"
        title: qsTr("Build target")
        enabled: !App.composer.begun
        Repeater {
            model: menu.targets
            MenuEntry {
                required property var modelData
                objectName: "target_" + (modelData.id || "auto")
                text: modelData.name
                tickRoom: true
                ticked: App.composer.target === modelData.id
                onTriggered: App.composer.target = modelData.id
            }
        }
    }
    PopupMenu {
        id: teamMenu
        objectName: "teamMenu"
        title: qsTr("Team")
        enabled: App.team.options.length > 0
        Repeater {
            model: App.team.options
            MenuEntry {
                required property var modelData
                objectName: "plusTeam_" + modelData.value
                text: modelData.name
                description: modelData.description
                ticked: App.team.current === modelData.value
                onTriggered: App.team.choose(modelData.value)
            }
        }
    }
    PopupMenu {
        id: webMenu
        objectName: "webMenu"
        title: qsTr("Web search")
        Repeater {
            model: App.webUse.options
            MenuEntry {
                required property var modelData
                objectName: "web_" + modelData.value
                text: modelData.name
                description: modelData.description
                tickRoom: true
                ticked: App.webUse.current === modelData.value
                onTriggered: App.webUse.choose(modelData.value)
            }
        }
        MenuLine {}
        MenuEntry {
            objectName: "searchNow"
            text: qsTr("Search now")
            description: qsTr("Your words are searched for: /search")
            tickRoom: true
            onTriggered: menu.searchWanted()
        }
    }
    PopupMenu {
        id: scopeMenu
        objectName: "scopeMenu"
        title: qsTr("Memory scope")
        Repeater {
            model: App.scope.options
            MenuEntry {
                required property var modelData
                objectName: "scope_" + modelData.value
                text: modelData.name
                description: modelData.description
                tickRoom: true
                ticked: App.scope.current === modelData.value
                onTriggered: App.scope.choose(modelData.value)
            }
        }
    }
}
