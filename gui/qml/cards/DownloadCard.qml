import QtQuick
import "../theme"
import "../controls"

/* Repositories a run would download: each has its own decision, none is allowed by anything but its own row. */
AskingCard {
    id: asked

    readonly property var repositories: card.repositories || []
    readonly property int allowed: repositories.filter(one => decisions[one.address] === "allow").length
    readonly property bool decided: repositories.every(one => decisions[one.address])
    readonly property bool unknown: content.state === "answered" && repositories.some(one => standing(one) === "")
    property var decisions: ({})

    /* How it was decided is known here while this window asks; afterwards it stands with the consents. */
    function standing(one) {
        const chosen = decisions[one.address] || ""
        if (!frozen)
            return chosen
        if (content.state === "gone")
            return ""
        const kept = (App.downloads.known, App.downloads.decisionOf(card.run || "", one.address, one.commit || ""))
        return kept || (content.decision === "refuse" ? "refuse" : content.via === "acp:multicoder-window" ? chosen : "")
    }

    function learn() {
        if (unknown)
            App.downloads.load()
    }

    function take(address, decision) {
        const changed = Object.assign({}, decisions)
        changed[address] = decision
        decisions = changed
    }

    function refuseAll() {
        const answers = {}
        for (const one of repositories)
            answers[one.address] = "refuse"
        decisions = answers
        reply("answer", "", answers)
    }

    objectName: "downloadCard"
    iconName: "package"
    ink: frozen ? Theme.textSecondary : Theme.yellowInk
    word: frozen ? qsTr("Downloads") : qsTr("Needs your decision")
    title: qsTr("May this be downloaded?")
    trailing: Words {
        objectName: "repositoryCount"
        text: qsTr("%n repositories", "", asked.repositories.length)
        font: Theme.captionFont
        color: Theme.textSecondary
    }
    onRowKeyChanged: decisions = ({})
    onUnknownChanged: learn()
    Component.onCompleted: learn()

    Words {
        width: parent.width
        text: qsTr("Only what you allow is fetched, at exactly the commit that is named. It is checked, kept as foreign text and never run by itself.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Words {
        objectName: "searchedFor"
        visible: text !== ""
        width: parent.width
        text: (asked.card.searched || []).filter(search => search.engine)
            .map(search => qsTr("“%1”: %n results of %2", "", search.hits).arg(search.query).arg(search.engine)).join("\n")
        font: Theme.captionFont
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Repeater {
        model: asked.repositories
        RepositoryRow {
            required property var modelData
            width: parent ? parent.width : 0
            repository: modelData
            decision: asked.standing(modelData)
            known: !asked.frozen || decision !== ""
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
            onClicked: asked.reply("answer", "", asked.decisions)
        }
        PillButton {
            objectName: "refuseAllButton"
            text: qsTr("Refuse all")
            onClicked: asked.refuseAll()
        }
    }
}
