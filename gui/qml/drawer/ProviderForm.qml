import QtQuick
import QtQuick.Dialogs
import "../theme"
import "../controls"

/* Adds an endpoint or changes one. The key is typed or pasted here and never shown again. */
PageColumn {
    id: form

    required property Item page
    readonly property var draft: App.providers.form
    readonly property var facts: draft.facts
    readonly property var tried: draft.tried
    /* A group of the catalogue is kept by its name there and shown in words. */
    readonly property string groupWords: App.providers.groupTitle(facts.group || "")
    readonly property bool typed: url.text.trim() !== ""

    function values() {
        return {
            name: name.text, baseUrl: url.text, key: key.text, models: models.text, proxy: proxy.text, headers: headers.text,
            account: scope.options.length > 0 ? scope.value : account.text,
            group: group.text === groupWords ? facts.group : group.text,
            certificate: certificate.text, prices: prices.text,
        }
    }
    function focusFirst() {
        const first = !facts.known && !facts.preset ? url : facts.web ? name : key
        first.input.forceActiveFocus(Qt.OtherFocusReason)
    }
    function test() {
        if (typed && draft.busy === "")
            draft.test(values())
    }
    function save() {
        if (typed && draft.busy === "")
            draft.save(values())
    }
    function leave() {
        key.clear()
        page.show(facts.known || App.providers.count > 0 ? "list" : "picker")
    }

    objectName: "providerForm"
    Accessible.role: Accessible.Form
    Accessible.name: head.title
    Component.onDestruction: key.clear()
    Connections {
        target: form.draft
        function onSaved() { key.clear(); form.page.show("list") }
    }

    SubHead {
        id: head
        title: form.facts.known ? qsTr("Change %1").arg(form.facts.name) : form.facts.name ? qsTr("Add %1").arg(form.facts.name) : qsTr("Add another address")
        onReturned: form.leave()
    }
    Notice {
        visible: form.facts.web === true
        kind: "warning"
        text: qsTr("Fragile: a web page used in a browser as you would. It may stop working at any time, and its maker may not allow it.")
    }
    SignInBox {
        width: parent.width
        visible: form.facts.signIn !== "" && !form.facts.known
        preset: form.facts.preset || "openrouter"
        maker: form.facts.name || ""
    }
    Field { id: name; objectName: "providerName"; width: parent.width; label: qsTr("Name"); text: form.facts.name || ""; onAccepted: form.save() }
    Column {
        width: parent.width
        spacing: Theme.gap
        Field {
            id: url
            objectName: "providerUrl"
            width: parent.width
            label: qsTr("Base URL")
            placeholder: "https://.../v1"
            text: form.facts.baseUrl || ""
            onAccepted: form.save()
        }
        Choice {
            objectName: "providerHost"
            visible: options.length > 0
            implicitHeight: Theme.smallButton
            label: qsTr("Region or plan")
            options: form.facts.hosts || []
            value: url.text.trim()
            onChosen: address => url.text = address
        }
    }
    Field {
        id: account
        objectName: "providerAccount"
        width: parent.width
        visible: form.facts.needsAccount === true && scope.options.length === 0
        label: qsTr("Folder (the number beside its name in the console)")
        text: form.facts.account || ""
        onAccepted: form.save()
    }
    Column {
        width: parent.width
        spacing: Theme.gapSmall
        visible: scope.options.length > 0
        Words { text: qsTr("Kind of access"); font: Theme.uiMedium }
        Choice {
            id: scope
            objectName: "providerScope"
            label: qsTr("Kind of access")
            options: form.facts.accounts || []
            value: form.facts.account || ""
            onChosen: wanted => value = wanted
        }
    }
    Column {
        width: parent.width
        spacing: Theme.gap
        visible: !form.facts.web
        SecretField {
            id: key
            objectName: "providerKey"
            width: parent.width
            label: qsTr("Key")
            onAccepted: form.test()
        }
        Note {
            objectName: "keyHint"
            width: parent.width
            visible: text !== ""
            text: form.facts.hint ? qsTr("There is one: %1. It stays when nothing is typed here.").arg(form.facts.hint)
                : form.facts.keysAt ? "" : qsTr("Nothing is needed here for programs on this computer.")
        }
        PillButton {
            objectName: "getKey"
            visible: (form.facts.keysAt || "") !== ""
            implicitHeight: Theme.smallButton
            iconName: "external"
            text: qsTr("Get a key")
            Accessible.role: Accessible.Link
            onClicked: App.links.follow(form.facts.keysAt)
        }
    }
    Column {
        width: parent.width
        spacing: Theme.gap
        Field {
            id: models
            objectName: "providerModels"
            width: parent.width
            label: qsTr("Preferred models (empty for the best known ones)")
            text: form.facts.models || ""
            onAccepted: form.save()
        }
        Flow {
            width: parent.width
            spacing: Theme.gap
            PillButton {
                objectName: "fetchModels"
                implicitHeight: Theme.smallButton
                enabled: form.typed && form.draft.busy === ""
                text: qsTr("Fetch the list")
                onClicked: { fetched.wanted = true; form.test() }
            }
            PillButton {
                objectName: "chooseModels"
                implicitHeight: Theme.smallButton
                visible: (form.tried.models || []).length > 0
                text: qsTr("Choose from %n model(s)…", "", (form.tried.models || []).length)
                onClicked: choosing.open()
            }
        }
    }
    PillButton {
        id: more
        objectName: "providerMore"
        property bool opened: false
        kind: "ghost"
        implicitHeight: Theme.smallButton
        iconName: opened ? "chevron-up" : "chevron-down"
        text: qsTr("More settings")
        Accessible.role: Accessible.Button
        Accessible.description: opened ? qsTr("open") : qsTr("closed")
        onClicked: opened = !opened
    }
    Column {
        width: parent.width
        spacing: Theme.gapLarge
        visible: more.opened
        Field { id: group; objectName: "providerGroup"; width: parent.width; label: qsTr("Group"); text: form.groupWords; onAccepted: form.save() }
        Field { id: proxy; objectName: "providerProxy"; width: parent.width; label: qsTr("Proxy (empty as the system is set up)"); placeholder: "http://127.0.0.1:8080"; text: form.facts.proxy || ""; onAccepted: form.save() }
        TextBox { id: headers; objectName: "providerHeaders"; width: parent.width; label: qsTr("Further headers, one a line"); placeholder: "X-Title: MultiCoder"; text: form.facts.headers || "" }
        TextBox { id: prices; objectName: "providerPrices"; width: parent.width; label: qsTr("Prices in dollars per million tokens: a model or *, in, out"); placeholder: "* 0.5 1.5"; text: form.facts.prices || "" }
        Column {
            width: parent.width
            spacing: Theme.gap
            Field { id: certificate; objectName: "providerCertificate"; width: parent.width; label: qsTr("File with a root certificate for this address alone"); text: form.facts.certificate || ""; onAccepted: form.save() }
            PillButton { objectName: "chooseCertificate"; implicitHeight: Theme.smallButton; iconName: "folder-open"; text: qsTr("Choose a file…"); onClicked: file.active = true }
        }
    }
    Problem { asking: form.draft.asking }
    Notice {
        objectName: "testResult"
        visible: form.tried.words !== undefined
        kind: form.tried.fine ? "plain" : "warning"
        iconName: form.tried.fine ? "check" : "alert"
        text: [
            form.tried.words, form.tried.took, form.tried.fine ? qsTr("%n model(s)", "", (form.tried.models || []).length) : qsTr("It can be saved all the same and stays marked."),
            form.tried.money, ...(form.tried.retiring || [])
        ].filter(part => part).join("\n")
        PillButton {
            objectName: "useAddress"
            visible: (form.tried.baseUrl || "") !== ""
            implicitHeight: Theme.smallButton
            text: qsTr("The key belongs to %1: use that address").arg(App.providers.hostOf(form.tried.baseUrl || ""))
            onClicked: { url.text = form.tried.baseUrl; form.test() }
        }
    }
    Note {
        width: parent.width
        text: qsTr("Keys go to the key storage of the system or the encrypted key vault, never into a plain file.")
    }
    Flow {
        width: parent.width
        spacing: Theme.gap
        PillButton {
            objectName: "testForm"
            enabled: form.typed && form.draft.busy === ""
            text: form.draft.busy === "testing" ? qsTr("Trying ...") : qsTr("Test")
            onClicked: form.test()
        }
        PillButton {
            objectName: "saveProvider"
            text: qsTr("Save")
            kind: "primary"
            enabled: form.typed && form.draft.busy === ""
            onClicked: form.save()
        }
        PillButton { objectName: "cancelProvider"; kind: "ghost"; text: qsTr("Cancel"); onClicked: form.leave() }
    }
    // A list that was asked for is shown as soon as it is there.
    Connections {
        id: fetched
        property bool wanted: false
        target: form.draft
        function onChanged() {
            if (!fetched.wanted || form.draft.busy !== "")
                return
            fetched.wanted = false
            if ((form.tried.models || []).length > 0)
                choosing.open()
        }
    }
    ModelsDialog {
        id: choosing
        offered: form.tried.models || []
        chosen: models.text.split(/[\s,;]+/)
        onToggled: model => models.text = form.draft.withModel(models.text, model)
    }
    Loader {
        id: file
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Root certificate")
            nameFilters: [qsTr("Certificates (*.pem *.crt *.cer)"), qsTr("All files (*)")]
            onAccepted: { certificate.text = App.providers.fileOf(selectedFile); file.active = false }
            onRejected: file.active = false
            Component.onCompleted: open()
        }
    }
}
