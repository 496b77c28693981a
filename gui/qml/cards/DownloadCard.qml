import QtQuick
import "../theme"
import "../controls"

/* Repositories a run would download: each has its own decision, none is allowed by anything but its own row. */
CardFrame {
    id: asked

    required property var content
    required property string rowKey

    readonly property var card: content.card || ({})
    readonly property var repositories: card.repositories || []
    readonly property bool answerable: content.state === "open" && !sent
    readonly property int allowed: repositories.filter(one => decisions[one.address] === "allow").length
    readonly property bool decided: repositories.every(one => decisions[one.address])
    property bool sent: false
    property var decisions: ({})

    function take(address, decision) {
        const changed = Object.assign({}, decisions)
        changed[address] = decision
        decisions = changed
    }

    function submit(answers) {
        if (!answerable)
            return
        keepKeys()
        sent = true
        App.conversation.answer(rowKey, "answer", "", answers)
    }

    function refuseAll() {
        const answers = {}
        for (const one of repositories)
            answers[one.address] = "refuse"
        decisions = answers
        submit(answers)
    }

    objectName: "downloadCard"
    iconName: "package"
    ink: Theme.yellowInk
    word: qsTr("Needs your decision")
    title: qsTr("May this be downloaded?")
    frozen: content.state === "answered" || content.state === "gone"
    onRowKeyChanged: {
        sent = false
        decisions = ({})
    }
    onContentChanged: if (content.state !== "open") sent = false

    Words {
        width: parent.width
        text: qsTr("Only what you allow is fetched, at exactly the commit that is named. It is checked, kept as foreign text and never run by itself.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Repeater {
        model: asked.repositories
        RepositoryRow {
            required property var modelData
            width: parent ? parent.width : 0
            repository: modelData
            decision: asked.decisions[modelData.address] || ""
            answerable: asked.answerable
            onDecided: decision => asked.take(modelData.address, decision)
        }
    }
    Flow {
        visible: asked.answerable
        width: parent.width
        spacing: Theme.gap
        ConsentButton {
            objectName: "sendButton"
            text: asked.allowed > 0 ? qsTr("Download %n repositories", "", asked.allowed) : qsTr("Go on without downloads")
            enabled: asked.decided
            onClicked: asked.submit(asked.decisions)
        }
        PillButton {
            objectName: "refuseAllButton"
            text: qsTr("Refuse all")
            onClicked: asked.refuseAll()
        }
    }
    // What the conversation did not take may be answered anew.
    Timer {
        running: asked.sent && asked.content.state === "open"
        interval: 4000
        onTriggered: asked.sent = false
    }
    AnswerLine {
        standing: asked.sent ? "sent" : asked.content.state || "open"
        decision: asked.content.decision || ""
        via: asked.content.via || ""
        at: asked.content.at
    }
}
