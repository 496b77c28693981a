import QtQuick
import "../theme"
import "../controls"

/* What a run would look up on the internet: one word for the whole run. Looking is reading, never downloading. */
AskingCard {
    id: asked

    function topic(name) {
        const words = {
            "web": qsTr("pages"), "repositories": qsTr("repositories"), "code": qsTr("code"),
            "packages": qsTr("packages"), "questions": qsTr("questions and answers"), "news": qsTr("news")
        }
        return words[name] || ""
    }

    objectName: "lookUpCard"
    iconName: "globe"
    ink: Theme.yellowInk
    word: qsTr("Web search")
    title: qsTr("May this be looked up on the internet?")

    HonestText {
        visible: foreign !== ""
        width: parent.width
        foreign: asked.card.why || ""
    }
    Bullets {
        objectName: "searches"
        width: parent.width
        heading: qsTr("What would be sent to search engines")
        lines: (asked.card.searches || []).map(search => [search.query, asked.topic(search.topic)].filter(text => text).join(" · "))
    }
    Words {
        objectName: "taintedNote"
        visible: asked.card.tainted === true
        width: parent.width
        text: qsTr("Texts of strangers were read in this run before: look whether these words are what you would send.")
        color: Theme.yellowInk
        wrapMode: Text.Wrap
    }
    Words {
        width: parent.width
        text: qsTr("Pages are only read. Nothing is downloaded without another question about exactly that.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Flow {
        visible: asked.answerable
        width: parent.width
        spacing: Theme.gap
        ConsentButton {
            objectName: "allowButton"
            text: qsTr("Allow for this run")
            onClicked: asked.reply("allow")
        }
        PillButton {
            objectName: "refuseButton"
            text: qsTr("Not now")
            onClicked: asked.reply("refuse")
        }
    }
}
