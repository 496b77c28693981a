import QtQuick
import "../theme"
import "../controls"

/*
    The providers in the order in which they are tried. A row is dragged by its grip to another place, or moved by its
    menu; Esc ends a drag with nothing moved.
*/
PageColumn {
    id: providers

    required property Item page
    property int dragged: -1
    property int target: -1

    function focusFirst() {
        add.forceActiveFocus(Qt.OtherFocusReason)
    }
    function begin(place) {
        dragged = place
        target = place
    }
    /* Where the dragged row would stand: after every other one whose middle is above. */
    function look(y) {
        let place = 0
        for (let number = 0; number < rows.count; ++number) {
            const row = rows.itemAt(number)
            if (number !== dragged && row.y + row.height / 2 < y)
                ++place
        }
        target = place
    }
    function end() {
        const from = dragged
        dragged = -1
        if (from >= 0)
            App.providers.move(from, target)
    }
    /* The edge at which the dragged row would be put in. */
    function edge() {
        const row = rows.itemAt(target)
        return row ? row.y + (target > dragged ? row.height + column.spacing / 2 : -column.spacing / 2) : 0
    }

    objectName: "providerList"
    VaultNotice {}
    Problem { asking: App.providers.asking }
    TransferPart { id: transfer }
    Item {
        width: parent.width
        height: Theme.buttonSize
        Note {
            width: parent.width - buttons.width - Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: App.providers.count > 1 ? qsTr("They are tried from the top.") : ""
        }
        Row {
            id: buttons
            anchors.right: parent.right
            spacing: Theme.gapSmall
            PillButton {
                id: add
                objectName: "addProvider"
                text: qsTr("Add")
                iconName: "plus"
                kind: "primary"
                onClicked: providers.page.show("picker")
            }
            IconButton {
                id: more
                objectName: "providersMore"
                iconName: "dots"
                text: qsTr("Import and export")
                onClicked: menu.popup(more, more.width - menu.width, more.height + Theme.gapSmall)
            }
        }
        PopupMenu {
            id: menu
            MenuEntry { objectName: "importProviders"; iconName: "folder-open"; text: qsTr("Import…"); onTriggered: transfer.askImport() }
            MenuEntry {
                objectName: "exportProviders"
                iconName: "save"
                text: qsTr("Export…")
                enabled: App.providers.count > 0
                onTriggered: transfer.askExport()
            }
        }
    }
    Notice {
        objectName: "noProviders"
        visible: App.providers.count === 0
        text: qsTr("No provider yet. Without one only the built-in demonstration works.")
    }
    SignInBox {
        width: parent.width
        visible: App.providers.count === 0 || App.providers.signIn.busy || App.providers.signIn.problem !== ""
    }
    Repeater {
        id: rows
        model: App.providers
        ProviderRow {
            list: providers
            page: providers.page
            width: parent ? parent.width : 0
        }
    }
    Item {
        width: parent.width
        height: 0
        Rectangle {
            objectName: "dropLine"
            visible: providers.dragged >= 0 && providers.target !== providers.dragged
            width: parent.width
            height: Theme.focusWidth
            radius: height / 2
            color: Theme.focus
            y: visible ? providers.edge() - parent.y - height / 2 : 0
        }
    }
    Shortcut {
        enabled: providers.dragged >= 0
        sequence: "Esc"
        onActivated: providers.dragged = -1
    }
}
