import QtQuick
import "../theme"
import "../controls"

/* A task, a plan or a finished program that waits for a yes. */
AskingCard {
    id: approval

    readonly property var verdict: card.verdict || ({})
    readonly property string level: verdict.level && (verdict.judged || verdict.level === "red") ? verdict.level : "none"
    readonly property var offered: card.options || (content.options || []).map(option => option.id)
    readonly property bool mayApprove: level !== "red" && level !== "none" && offered.indexOf("approve") >= 0
        && !content.wish
    readonly property bool mayModify: offered.indexOf("modify") >= 0
    property bool writing: false

    function decide(decision, text) {
        if (!answerable || (decision === "approve" && !mayApprove))
            return
        reply(decision, text)
        writing = false
    }

    function write() {
        if (!answerable || !mayModify)
            return
        wish.text = draft()
        writing = true
        wish.input.forceActiveFocus(Qt.ShortcutFocusReason)
        wish.input.cursorPosition = wish.input.length
    }

    function draft() {
        const plan = card.plan
        if (!plan)
            return card.understood || ""
        const modules = (plan.modules || []).map(module => "- " + module.name + ": " + module.purpose)
        const done = (plan.acceptance || []).map(item => "- " + item.when + " → " + item.then)
        return [plan.title, plan.summary, "", qsTr("Modules:"), ...modules, "", qsTr("It is done when:"), ...done].join("\n")
    }

    function submit() {
        if (wish.given && wish.words !== draft().trim())
            decide("modify", wish.words)
    }

    function yours() {
        if (content.decision === "approve")
            return "yes"
        return content.decision === "reject" ? "no" : "open"
    }

    objectName: "approvalCard"
    stripe: level === "green" ? Theme.green : level === "yellow" ? Theme.yellow : level === "red" ? Theme.red : Theme.iconTertiary
    ink: level === "green" ? Theme.greenInk : level === "yellow" ? Theme.yellowInk
        : level === "red" ? Theme.errorInk : Theme.textSecondary
    iconName: level === "green" ? "check" : level === "yellow" ? "alert" : level === "red" ? "x" : "question"
    word: level === "green" ? qsTr("Can be done") : level === "yellow" ? qsTr("Needs your decision")
        : level === "red" ? qsTr("Refused") : qsTr("Not judged")
    title: card.plan ? card.plan.title : content.title || qsTr("Approve the task?")
    trailing: TwoTicks {
        you: approval.yours()
        program: approval.level === "green" ? "yes" : approval.level === "red" ? "no"
            : approval.level === "yellow" ? "doubt" : "open"
    }

    HonestText {
        visible: foreign !== ""
        width: parent.width
        foreign: approval.card.understood || (approval.card.kind ? "" : approval.content.text || "")
        font: Theme.proseFont
    }
    PlanPart {
        width: parent.width
        plan: approval.card.plan || ({})
    }
    VerdictPart {
        width: parent.width
        verdict: approval.verdict
    }
    LimitsPart {
        width: parent.width
        estimate: approval.card.estimate || ({})
        caps: approval.card.caps || ({})
        models: approval.card.models || ({})
    }
    Words {
        visible: approval.level === "red"
        width: parent.width
        text: qsTr("This cannot be approved. You can change the task or close the question.")
        color: Theme.errorInk
        wrapMode: Text.Wrap
    }
    AnswerBox {
        id: wish
        visible: approval.writing && approval.answerable
        width: parent.width
        label: qsTr("What should be different?")
        hint: qsTr("Change the text above. Ctrl+Enter sends it, Esc goes back.")
        onSubmitted: approval.submit()
        onLeaving: {
            approval.writing = false
            approval.forceActiveFocus(Qt.OtherFocusReason)
        }
    }
    Flow {
        visible: approval.answerable
        width: parent.width
        spacing: Theme.gap
        PillButton {
            objectName: "sendModifyButton"
            visible: approval.writing
            kind: "primary"
            text: qsTr("Send the change")
            enabled: wish.given && wish.words !== approval.draft().trim()
            onClicked: approval.submit()
        }
        PillButton {
            visible: approval.writing
            kind: "ghost"
            text: qsTr("Cancel")
            onClicked: wish.leaving()
        }
        ConsentButton {
            objectName: "approveButton"
            visible: !approval.writing && approval.mayApprove
            text: qsTr("Approve")
            onClicked: approval.decide("approve", "")
        }
        PillButton {
            objectName: "modifyButton"
            visible: !approval.writing && approval.mayModify
            text: qsTr("Modify")
            onClicked: approval.write()
        }
        PillButton {
            objectName: "rejectButton"
            visible: !approval.writing && approval.offered.indexOf("reject") >= 0
            kind: "dangerGhost"
            text: approval.level === "red" ? qsTr("Close") : qsTr("Reject")
            onClicked: approval.decide("reject", "")
        }
    }
    Shortcut {
        enabled: approval.activeFocus && approval.answerable && !approval.writing && approval.mayApprove
        sequence: "Alt+A"
        onActivated: approval.decide("approve", "")
    }
    Shortcut {
        enabled: approval.activeFocus && approval.answerable && !approval.writing && approval.mayModify
        sequence: "Alt+M"
        onActivated: approval.write()
    }
    Shortcut {
        enabled: approval.activeFocus && approval.answerable && !approval.writing
        sequence: "Alt+R"
        onActivated: approval.decide("reject", "")
    }
}
