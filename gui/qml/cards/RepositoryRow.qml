import QtQuick
import "../theme"
import "../controls"

/* One repository: what the code host tells of it, what would be taken and why, and the decision about it. */
Column {
    id: row

    property var repository: ({})
    property string decision
    property bool answerable: true
    signal decided(string decision)

    function facts() {
        const found = [repository.licence || qsTr("no licence told")]
        if (repository.size > 0)
            found.push(Qt.locale().formattedDataSize(repository.size, 1, Locale.DataSizeTraditionalFormat))
        if (repository.stars > 0)
            found.push(qsTr("%n star(s)", "", repository.stars))
        if (repository.changed > 0)
            found.push(qsTr("changed %1").arg(new Date(repository.changed * 1000).toLocaleDateString(Qt.locale(), Locale.ShortFormat)))
        if (repository.archived)
            found.push(qsTr("no longer maintained"))
        found.push(qsTr("commit %1").arg((repository.commit || "").slice(0, 12)))
        return found.join(" · ")
    }

    objectName: "repositoryRow"
    spacing: Theme.gapSmall
    Accessible.role: Accessible.Grouping
    Accessible.name: App.desktop.oneLine(repository.address || "")
    Rectangle {
        width: row.width
        height: Theme.hairline
        color: Theme.borderLight
    }
    HonestText {
        objectName: "repositoryAddress"
        width: row.width
        foreign: row.repository.address || ""
        oneLine: true
        font: Theme.uiMedium
    }
    HonestText {
        objectName: "repositoryFacts"
        width: row.width
        foreign: row.facts()
        color: Theme.textSecondary
    }
    HonestText {
        visible: foreign !== ""
        width: row.width
        foreign: row.repository.description || ""
        color: Theme.textSecondary
    }
    HonestText {
        visible: (row.repository.what || "") !== ""
        width: row.width
        foreign: qsTr("Would be taken: %1").arg(row.repository.what || "")
    }
    HonestText {
        visible: (row.repository.why || "") !== ""
        width: row.width
        foreign: row.repository.why || ""
    }
    Flow {
        width: row.width
        spacing: Theme.gap
        Segmented {
            objectName: "repositoryDecision"
            visible: row.answerable
            value: row.decision
            options: [{value: "refuse", text: qsTr("Refuse")}, {value: "allow", text: qsTr("Allow download")}]
            onChosen: value => row.decided(value)
        }
        Words {
            objectName: "repositoryState"
            height: Theme.buttonSize
            verticalAlignment: Text.AlignVCenter
            text: row.decision === "allow" ? qsTr("Allowed") : row.decision === "refuse" ? qsTr("Refused") : qsTr("Not decided")
            color: row.decision === "allow" ? Theme.greenInk : Theme.textSecondary
        }
    }
}
