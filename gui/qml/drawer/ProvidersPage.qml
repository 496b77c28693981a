import QtQuick
import "../theme"
import "../controls"

/* The endpoints of models, in the order in which they are tried, and the form to add one. */
PageColumn {
    id: page

    objectName: "providersPage"
    Component.onCompleted: { App.providers.load(); App.board.watch(true) }
    Component.onDestruction: App.board.watch(false)

    Problem { asking: App.providers.asking }
    Item {
        width: parent.width
        height: Theme.buttonSize
        visible: !form.visible
        Note {
            width: parent.width - add.width - Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Any endpoint that speaks the OpenAI protocol. They are tried from the top.")
        }
        PillButton {
            id: add
            objectName: "addProvider"
            anchors.right: parent.right
            text: qsTr("Add")
            iconName: "plus"
            kind: "primary"
            onClicked: form.begin({})
        }
    }
    ProviderForm {
        id: form
        width: parent.width
        visible: false
        onVisibleChanged: if (!visible) add.forceActiveFocus(Qt.TabFocusReason)
    }
    Note {
        visible: App.providers.count === 0 && !form.visible
        width: parent.width
        text: qsTr("No provider yet. Without one only the built-in demonstration works.")
    }
    Repeater {
        model: App.providers
        ProviderRow {
            width: parent ? parent.width : 0
            onEdited: form.begin(App.providers.get(index))
        }
    }
    SectionTitle { text: qsTr("Team and models") }
    Problem { asking: App.engineSettings.asking }
    Column {
        width: parent.width
        Repeater {
            model: App.engineSettings
            EngineSetting { visible: model.group === "models" }
        }
    }
}
