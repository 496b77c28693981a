import QtQuick
import "../theme"
import "../controls"

/* Adds an endpoint or changes one. The key is typed or pasted here and never shown again. */
Rectangle {
    id: form

    property bool known: false

    objectName: "providerForm"
    height: column.height + 2 * Theme.padding
    radius: Theme.cardRadius
    color: Theme.dark ? Theme.raised : Theme.page
    border.width: Theme.hairline
    border.color: Theme.border
    Accessible.role: Accessible.Form
    Accessible.name: known ? qsTr("Change a provider") : qsTr("Add a provider")
    Keys.onEscapePressed: end()

    function begin(facts) {
        known = (facts.id || "") !== ""
        name.text = facts.id || ""
        url.text = facts.baseUrl || ""
        models.text = (facts.models || []).join(", ")
        key.text = ""
        reveal.checked = false
        visible = true
        ;(known ? key : url).input.forceActiveFocus()
    }

    function end() {
        key.text = ""
        visible = false
    }

    function save() {
        if (!ready.enabled)
            return
        App.providers.add(name.text, url.text, key.text, models.text)
        key.text = ""
    }

    Connections {
        target: App.providers
        function onSaved() { form.end() }
    }
    Column {
        id: column
        x: Theme.padding
        y: Theme.padding
        width: parent.width - 2 * x
        spacing: Theme.gapLarge
        Words { text: form.Accessible.name; font: Theme.titleFont; Accessible.role: Accessible.Heading }
        Field {
            id: url
            objectName: "providerUrl"
            width: parent.width
            label: qsTr("Base URL")
            placeholder: "https://.../v1"
            input.onEditingFinished: if (name.text === "") name.text = App.providers.nameFor(text)
            onAccepted: form.save()
        }
        Field {
            id: name
            objectName: "providerName"
            width: parent.width
            enabled: !form.known
            label: qsTr("Short name")
            onAccepted: form.save()
        }
        Field {
            id: key
            objectName: "providerKey"
            width: parent.width
            label: form.known ? qsTr("Key (empty keeps the one there is)") : qsTr("Key (empty when none is needed)")
            echoMode: reveal.checked ? TextInput.Normal : TextInput.Password
            input.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
            onAccepted: form.save()
        }
        Row {
            spacing: Theme.gap
            Toggle { id: reveal; objectName: "revealKey"; text: qsTr("Show what is typed") }
            Note { anchors.verticalCenter: parent.verticalCenter; text: reveal.text; Accessible.ignored: true }
        }
        Field {
            id: models
            objectName: "providerModels"
            width: parent.width
            label: qsTr("Preferred models (empty for whatever it offers)")
            onAccepted: form.save()
        }
        Note {
            width: parent.width
            text: qsTr("The key goes to the key storage of the system, never into a file. It is tried right after saving; a provider whose test fails is kept and marked.")
        }
        Row {
            anchors.right: parent.right
            spacing: Theme.gap
            PillButton { objectName: "cancelProvider"; text: qsTr("Cancel"); onClicked: form.end() }
            PillButton {
                id: ready
                objectName: "saveProvider"
                text: qsTr("Save and test")
                kind: "primary"
                enabled: url.text.trim() !== "" && name.text.trim() !== ""
                onClicked: form.save()
            }
        }
    }
}
