import QtQuick
import "../theme"
import "../controls"

/* Questions before the work begins, each with a default; or what a program is for, which has none. */
AskingCard {
    id: asked

    readonly property bool forPurpose: card.kind === "purpose" || content.wish === "purpose"
    readonly property var questions: forPurpose ? [] : card.questions || []
    property var typed: ({})

    function take(id, text) {
        const changed = Object.assign({}, typed)
        changed[id] = text
        typed = changed
    }

    function submit() {
        if (!answerable || (forPurpose && !purpose.given))
            return
        const answers = {}
        for (const question of questions) {
            const text = (typed[question.id] || "").trim()
            if (text !== "" && text !== question.default)
                answers[question.id] = text
        }
        reply("answer", forPurpose ? purpose.words : "", answers)
    }

    objectName: "questionCard"
    iconName: "question"
    ink: Theme.yellowInk
    word: forPurpose ? qsTr("What for?") : qsTr("%n question(s)", "", Math.max(1, questions.length))
    title: forPurpose ? qsTr("What will this be used for?") : qsTr("Before the work begins")

    HonestText {
        visible: foreign !== ""
        width: parent.width
        foreign: asked.card.understood || ""
    }
    VerdictPart {
        width: parent.width
        verdict: asked.forPurpose ? asked.card.verdict || ({}) : ({})
    }
    Repeater {
        model: asked.questions
        Column {
            id: one
            required property var modelData
            readonly property var question: modelData
            readonly property string chosen: asked.typed[modelData.id] || ""
            readonly property var pills: (modelData.options || [modelData.default]).filter(text => text).slice(0, 4)
            width: parent.width
            spacing: Theme.px(6)
            HonestText {
                width: parent.width
                foreign: one.modelData.text
                font: Theme.uiMedium
            }
            Flow {
                width: parent.width
                spacing: Theme.px(6)
                visible: asked.answerable
                Repeater {
                    model: one.pills
                    Chip {
                        required property string modelData
                        readonly property bool taken: one.chosen === modelData
                            || (one.chosen === "" && modelData === one.question.default)
                        text: modelData === one.question.default ? qsTr("%1 (default)").arg(App.desktop.oneLine(modelData))
                            : App.desktop.oneLine(modelData)
                        iconName: taken ? "check" : ""
                        Accessible.role: Accessible.RadioButton
                        Accessible.checked: taken
                        onClicked: asked.take(one.question.id, modelData)
                    }
                }
            }
            Field {
                objectName: "questionField"
                width: parent.width
                visible: asked.answerable
                placeholder: qsTr("Something else")
                input.Accessible.name: App.desktop.oneLine(one.modelData.text)
                text: one.pills.indexOf(one.chosen) < 0 ? one.chosen : ""
                input.onTextEdited: asked.take(one.modelData.id, text)
                onAccepted: asked.submit()
            }
            HonestText {
                visible: !asked.answerable
                width: parent.width
                color: Theme.textSecondary
                foreign: one.chosen || qsTr("%1 (default)").arg(one.modelData.default)
            }
        }
    }
    AnswerBox {
        id: purpose
        visible: asked.forPurpose && asked.answerable
        width: parent.width
        placeholder: qsTr("Who will use it, and what for?")
        onSubmitted: asked.submit()
        onLeaving: asked.forceActiveFocus(Qt.OtherFocusReason)
    }
    HonestText {
        visible: asked.frozen && foreign !== ""
        width: parent.width
        foreign: asked.content.text || ""
        color: Theme.textSecondary
    }
    Flow {
        visible: asked.answerable
        width: parent.width
        spacing: Theme.gap
        PillButton {
            objectName: "answerButton"
            kind: "primary"
            text: qsTr("Go on")
            enabled: !asked.forPurpose || purpose.given
            onClicked: asked.submit()
        }
        PillButton {
            objectName: "rejectButton"
            kind: "dangerGhost"
            text: qsTr("Reject")
            onClicked: asked.reply("reject")
        }
    }
}
