import QtQuick
import "../theme"
import "../controls"

/* The providers of models: the list, and over it what to add, the form of one and its keys. */
FocusScope {
    id: pages

    property string view: "list"
    property string provider
    readonly property var parts: ({"list": list, "picker": picker, "form": form, "keys": keys})

    function show(part) {
        view = part
        holder.item.forceActiveFocus(Qt.OtherFocusReason)
        if (holder.item.focusFirst !== undefined)
            holder.item.focusFirst()
    }
    function edit(id, preset) {
        App.providers.edit(id, preset)
        show("form")
    }
    function showKeys(id) {
        provider = id
        show("keys")
    }

    objectName: "providersPage"
    Component.onCompleted: { App.providers.load(); App.board.watch(true) }
    Component.onDestruction: App.board.watch(false)
    Keys.onEscapePressed: event => {
        event.accepted = view !== "list"
        if (event.accepted)
            show("list")
    }

    Loader {
        id: holder
        anchors.fill: parent
        sourceComponent: pages.parts[pages.view]
    }
    Component {
        id: list
        ProviderList { page: pages }
    }
    Component {
        id: picker
        PresetPicker { page: pages }
    }
    Component {
        id: form
        ProviderForm { page: pages }
    }
    Component {
        id: keys
        ProviderKeys { page: pages }
    }
}
