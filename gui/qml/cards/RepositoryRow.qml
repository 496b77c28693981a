import QtQuick
import "../theme"
import "../controls"

/* One repository: what the code host tells of it, what would be taken and why, and the decision about it. */
Column {
    id: row

    property var repository: ({})
    /* `allow`, `refuse`, empty while it is open. */
    property string decision
    property bool answerable: true
    /* Whether it is known how it stands: of a card that was answered elsewhere it may not be. */
    property bool known: true
    readonly property var disguised: App.desktop.disguised(repository.address || "")
    readonly property string commit: App.desktop.oneLine(repository.commit || "")
    signal decided(string decision)

    function facts() {
        const found = [repository.size > 0 ? Qt.locale().formattedDataSize(repository.size, 1, Locale.DataSizeTraditionalFormat) : qsTr("size not told")]
        if (repository.stars > 0)
            found.push(qsTr("%n star(s)", "", repository.stars))
        if (repository.changed > 0)
            found.push(qsTr("changed %1").arg(new Date(repository.changed * 1000).toLocaleDateString(Qt.locale(), Locale.ShortFormat)))
        if (repository.archived)
            found.push(qsTr("no longer maintained"))
        return found.join(" · ")
    }

    objectName: "repositoryRow"
    spacing: Theme.px(6)
    Accessible.role: Accessible.Grouping
    Accessible.name: App.desktop.oneLine(repository.address || "")
    Rectangle {
        width: row.width
        height: Theme.hairline
        color: Theme.borderLight
    }
    Item {
        width: row.width
        height: Math.max(address.height, pill.height)
        HonestText {
            id: address
            objectName: "repositoryAddress"
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - (pill.visible ? pill.width + Theme.gap : 0)
            foreign: row.repository.address || ""
            oneLine: true
            font: Theme.uiMedium
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        }
        Rectangle {
            id: pill
            readonly property color ink: row.decision === "allow" ? Theme.greenInk : Theme.textSecondary
            visible: row.known
            anchors.right: parent.right
            anchors.top: parent.top
            width: sign.width + standing.width + Theme.gapSmall + 2 * Theme.gap
            height: standing.height + Theme.px(6)
            radius: height / 2
            color: Theme.clear
            border.width: Theme.hairline
            border.color: Theme.border
            Icon {
                id: sign
                x: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                name: row.decision === "allow" ? "check" : row.decision === "refuse" ? "x" : "circle"
                size: Theme.iconTiny
                colour: pill.ink
            }
            Words {
                id: standing
                objectName: "repositoryState"
                x: sign.x + sign.width + Theme.gapSmall
                anchors.verticalCenter: parent.verticalCenter
                text: row.decision === "allow" ? qsTr("Allowed") : row.decision === "refuse" ? qsTr("Refused") : qsTr("Not asked")
                font: Theme.captionFont
                color: pill.ink
            }
        }
    }
    Words {
        objectName: "repositoryWarning"
        visible: row.disguised.length > 0
        width: row.width
        text: qsTr("Careful: letters of different alphabets that look alike: %1").arg(row.disguised.join(", "))
        color: Theme.yellowInk
        wrapMode: Text.Wrap
    }
    Flow {
        width: row.width
        spacing: Theme.gap
        Rectangle {
            width: Math.min(licence.implicitWidth + 2 * Theme.gap, row.width)
            height: Theme.uiLine
            radius: Theme.gapSmall
            color: Theme.tertiary
            HonestText {
                id: licence
                objectName: "repositoryLicence"
                x: Theme.gap
                width: parent.width - 2 * x
                anchors.verticalCenter: parent.verticalCenter
                foreign: row.repository.licence || qsTr("no licence told")
                oneLine: true
                font: Theme.captionStrong
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }
        HonestText {
            id: facts
            objectName: "repositoryFacts"
            width: Math.min(implicitWidth, row.width)
            foreign: row.facts()
            color: Theme.textSecondary
        }
    }
    HonestText {
        objectName: "repositoryDescription"
        visible: foreign !== ""
        width: row.width
        foreign: row.repository.description || ""
        maximumLineCount: 2
        elide: Text.ElideRight
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
    Item {
        width: row.width
        height: Math.max(whole.height, copy.height)
        Words {
            id: named
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Commit")
            color: Theme.textSecondary
        }
        Words {
            id: whole
            objectName: "repositoryCommit"
            x: named.width + Theme.gap
            width: Math.min(implicitWidth, parent.width - x - copy.width - Theme.gapSmall)
            anchors.verticalCenter: parent.verticalCenter
            text: row.commit
            font: Theme.logFont
            wrapMode: Text.WrapAnywhere
        }
        IconButton {
            id: copy
            objectName: "copyCommit"
            x: whole.x + whole.width + Theme.gapSmall
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.smallButton
            iconSize: Theme.iconSmall
            colour: Theme.iconSecondary
            iconName: copied.running ? "check" : "copy"
            text: copied.running ? qsTr("Copied") : qsTr("Copy the commit")
            onClicked: {
                App.desktop.copyText(row.commit)
                copied.restart()
            }
            Timer {
                id: copied
                interval: 2000
            }
        }
    }
    Flow {
        width: row.width
        spacing: Theme.gap
        Segmented {
            objectName: "repositoryDecision"
            visible: row.answerable
            value: row.decision
            options: [{value: "refuse", text: qsTr("Refuse")}, {value: "allow", text: qsTr("Allow download"), deliberate: true}]
            onChosen: value => row.decided(value)
        }
        PillButton {
            objectName: "repositoryLook"
            visible: /^[\w.:-]+(\/[\w.~-]+)+$/.test(row.repository.address || "")
            kind: "ghost"
            iconName: "external"
            text: qsTr("Look")
            Accessible.name: qsTr("Look at %1 in the browser").arg(row.repository.address || "")
            onClicked: App.links.follow("https://" + row.repository.address)
        }
    }
}
