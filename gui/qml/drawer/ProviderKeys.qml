import QtQuick
import "../theme"
import "../controls"

/* The keys of one provider: when one is at its limit or refused, the next one works. */
PageColumn {
    id: keys

    required property Item page
    readonly property string provider: page.provider
    property var facts: ({})

    function look() {
        facts = App.providers.keysOf(provider)
        if (facts.id === undefined)
            page.show("list")
    }
    function focusFirst() {
        head.focusFirst()
    }

    objectName: "providerKeys"
    Component.onCompleted: look()
    Connections {
        target: App.providers
        function onChanged() { keys.look() }
    }
    SubHead { id: head; title: qsTr("Keys of %1").arg(keys.facts.name || ""); onReturned: keys.page.show("list") }
    VaultNotice {}
    Problem { asking: App.providers.asking }
    Repeater {
        model: keys.facts.keys || []
        ProviderKey { provider: keys.provider; name: keys.facts.name; width: parent ? parent.width : 0; onReplaced: key => form.begin(key) }
    }
    PillButton {
        objectName: "addKey"
        visible: !form.visible
        iconName: "plus"
        text: qsTr("Add a key")
        onClicked: form.begin(null)
    }
    Column {
        id: form
        objectName: "keyForm"
        property var key: null
        readonly property bool fresh: key === null
        readonly property bool ready: fresh ? secret.text.trim() !== "" && label.text.trim() !== "" : true

        function begin(one) {
            key = one
            secret.clear()
            label.text = one ? one.label : suggested()
            minute.text = one && one.perMinute ? one.perMinute : ""
            parallel.text = one && one.parallel ? one.parallel : ""
            visible = true
            secret.input.forceActiveFocus(Qt.OtherFocusReason)
        }
        function suggested() {
            const known = (keys.facts.keys || []).map(one => one.label)
            for (let number = known.length + 1; ; ++number)
                if (!known.includes(String(number)))
                    return String(number)
        }
        function save() {
            if (!ready)
                return
            App.providers.setKey(keys.provider, fresh ? label.text : key.label, secret.text, Number(minute.text) || 0, Number(parallel.text) || 0)
            end()
        }
        function end() {
            secret.clear()
            visible = false
        }

        width: parent.width
        visible: false
        spacing: Theme.gapLarge
        Accessible.role: Accessible.Form
        Accessible.name: title.text
        SectionTitle { id: title; text: form.fresh ? qsTr("Another key") : qsTr("Change the key %1").arg(form.key.label || qsTr("(first)")) }
        Field { id: label; objectName: "keyLabel"; width: parent.width; visible: form.fresh; label: qsTr("Label"); onAccepted: form.save() }
        SecretField { id: secret; objectName: "keySecret"; width: parent.width; label: form.fresh ? qsTr("Key") : qsTr("New key (empty keeps the one there is)"); onAccepted: form.save() }
        Field { id: minute; objectName: "keyMinute"; width: parent.width; label: qsTr("Requests per minute (empty for any number)"); input.validator: IntValidator { bottom: 0; top: 100000 } onAccepted: form.save() }
        Field { id: parallel; objectName: "keyParallel"; width: parent.width; label: qsTr("Requests at the same time (empty as in the settings)"); input.validator: IntValidator { bottom: 0; top: 100000 } onAccepted: form.save() }
        Flow {
            width: parent.width
            spacing: Theme.gap
            PillButton { objectName: "saveKey"; kind: "primary"; enabled: form.ready; text: qsTr("Save"); onClicked: form.save() }
            PillButton { objectName: "cancelKey"; kind: "ghost"; text: qsTr("Cancel"); onClicked: form.end() }
        }
    }
}
