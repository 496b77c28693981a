import QtQuick
import "../theme"
import "../controls"

/* A run that stopped and waits: why, and what may be done. What the guard stopped needs a reason to go on. */
AskingCard {
    id: held

    readonly property var hold: card.hold || ({})
    readonly property var facts: hold.facts || ({})
    readonly property var told: hold.code ? App.desktop.explained(hold, card.locale || App.language) : ({})
    readonly property bool guarded: hold.kind === "guard"
    readonly property bool spent: hold.kind === "budget"
    readonly property var offered: card.options || []
    readonly property real limit: Number(amount.text.trim().replace(",", "."))
    readonly property bool limitFits: amount.text.trim() !== "" && isFinite(limit) && limit > 0
    readonly property string target: String(facts.target || "")
    readonly property var disguised: guarded ? App.desktop.disguised(target) : []
    readonly property var deeds: ({
        "delete": qsTr("Delete"), "overwrite": qsTr("Overwrite"), "outside": qsTr("Write outside the project"),
        "publish": qsTr("Publish"), "download": qsTr("Download"), "money": qsTr("Spend above the limit"),
        "unsandboxed": qsTr("Run unprotected")
    })

    function goOn() {
        if (guarded && !words.given)
            return
        if (spent && limitFits)
            reply("retry", "", {"limit": limit})
        else if (!spent)
            reply("retry", words.words, {})
    }

    function capName() {
        const names = {
            "usd": qsTr("New limit in USD"), "tokens": qsTr("New limit in tokens"),
            "calls": qsTr("New limit in calls"), "minutes": qsTr("New limit in minutes")
        }
        return names[facts.cap || "usd"] || qsTr("New limit")
    }

    objectName: "holdCard"
    stripe: guarded ? Theme.red : Theme.yellow
    ink: guarded ? Theme.errorInk : Theme.yellowInk
    iconName: guarded ? "shield" : spent ? "ring" : "pause"
    word: guarded ? qsTr("Stopped by the guard") : spent ? qsTr("Limit reached") : qsTr("Waits for you")
    title: told.what || content.title || qsTr("The run stopped and waits for you.")

    HonestText {
        visible: foreign !== ""
        width: parent.width
        // What to do next stands on the buttons where the card has its own; the engine's words are for a terminal.
        foreign: [held.told.did || "", held.guarded || held.spent ? "" : held.told.next || ""]
            .filter(text => text !== "").join("\n") || (held.hold.code ? "" : held.content.text || "")
    }
    Column {
        visible: held.guarded
        width: parent.width
        spacing: Theme.gapSmall
        FactRow { label: qsTr("Action"); value: held.deeds[held.facts.kind] || String(held.facts.kind || "") }
        FactRow { objectName: "guardTarget"; label: qsTr("What with"); value: held.target; mono: true }
        Words {
            objectName: "disguiseWarning"
            visible: held.disguised.length > 0
            width: parent.width
            text: qsTr("Careful: letters of different alphabets that look alike: %1").arg(held.disguised.join(", "))
            color: Theme.errorInk
            wrapMode: Text.WrapAnywhere
        }
    }
    Rectangle {
        visible: detail.foreign !== ""
        width: parent.width
        height: Math.min(Theme.px(180), detail.height + 2 * Theme.gap)
        radius: Theme.rowRadius
        color: Theme.code
        border.width: Theme.hairline
        border.color: Theme.borderLight
        clip: true
        HonestText {
            id: detail
            x: Theme.gapLarge
            y: Math.min(Theme.gap, parent.height - height - Theme.gap)
            width: parent.width - 2 * x
            foreign: (held.hold.detail || "").slice(-1500)
            font: Theme.logFont
            wrapMode: Text.WrapAnywhere
        }
    }
    LimitsPart {
        width: parent.width
        caps: held.card.caps || ({})
    }
    Field {
        id: amount
        objectName: "limitField"
        visible: held.spent && held.answerable
        width: Math.min(parent.width, Theme.px(280))
        label: held.capName()
        problem: text.trim() === "" || held.limitFits ? "" : qsTr("Please type a number greater than zero.")
        onAccepted: held.goOn()
    }
    AnswerBox {
        id: words
        visible: !held.spent && held.answerable
        width: parent.width
        label: held.guarded ? qsTr("Why may this happen once? A reason is needed.")
            : qsTr("A word of advice for the team (may be empty)")
        onSubmitted: if (!held.guarded) held.goOn()
        onLeaving: held.forceActiveFocus(Qt.OtherFocusReason)
    }
    Flow {
        visible: held.answerable
        width: parent.width
        spacing: Theme.gap
        ConsentButton {
            objectName: "allowButton"
            visible: held.guarded && held.offered.indexOf("retry") >= 0
            text: qsTr("Allow once")
            enabled: words.given
            onClicked: held.goOn()
        }
        PillButton {
            objectName: "retryButton"
            visible: !held.guarded && held.offered.indexOf("retry") >= 0
            kind: "primary"
            text: held.spent ? qsTr("Go on with this limit") : qsTr("Try again")
            enabled: !held.spent || held.limitFits
            onClicked: held.goOn()
        }
        PlaceButton {
            objectName: "holdPlace"
            code: held.hold.code || ""
            onWanted: tab => held.openDrawer(tab)
        }
        PillButton {
            objectName: "modifyButton"
            visible: held.offered.indexOf("modify") >= 0
            text: qsTr("Refuse, and say what to do instead")
            enabled: words.given
            onClicked: held.reply("modify", words.words, {})
        }
        PillButton {
            objectName: "stopRunButton"
            visible: held.offered.indexOf("stop") >= 0
            kind: "dangerGhost"
            text: qsTr("Stop the run")
            onClicked: held.reply("stop", "", {})
        }
    }
}
