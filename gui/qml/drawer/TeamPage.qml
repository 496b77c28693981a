import QtQuick
import "../theme"
import "../controls"

/* Whose models work where no chat says otherwise, and which of them does what. */
PageColumn {
    id: page

    readonly property var team: App.team
    readonly property var roles: team.roles

    readonly property string usual: team.usual

    objectName: "teamPage"
    Component.onCompleted: roles.load(usual)
    onUsualChanged: roles.load(usual)
    SectionTitle { text: qsTr("Team of new chats") }
    Note {
        width: parent.width
        text: page.team.fixed ? qsTr("MULTICODER_TEAM in the environment of this window says which one it is.")
            : qsTr("Each chat can take another one: beside the name MultiCoder at the top.")
    }
    Column {
        width: parent.width
        spacing: Theme.gapSmall
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Team of new chats")
        Repeater {
            model: page.team.options
            RadioRow {
                required property var modelData
                objectName: "usualTeam_" + modelData.value
                width: parent.width
                enabled: !page.team.fixed
                text: modelData.name
                about: modelData.description
                checked: page.usual === modelData.value
                onClicked: page.team.makeUsual(modelData.value)
            }
        }
    }
    SectionTitle { text: qsTr("Who does what") }
    Notice {
        objectName: "teamProblem"
        visible: page.roles.problem !== ""
        kind: "warning"
        text: page.roles.problem
        PillButton { implicitHeight: Theme.smallButton; text: qsTr("Providers and keys"); onClicked: App.preferences.put("drawerTab", "providers") }
    }
    Note {
        width: parent.width
        text: page.usual === "own" ? qsTr("A role for which you wish nothing takes your providers in their order.")
            : qsTr("This team chooses by itself. What you wish for holds for “My providers”.")
    }
    Problem { asking: page.roles.asking }
    Repeater {
        model: page.roles
        RoleRow { width: parent ? parent.width : 0 }
    }
    SectionTitle { text: qsTr("At the same time") }
    Problem { asking: App.engineSettings.asking }
    Column {
        width: parent.width
        Repeater {
            model: App.engineSettings
            EngineSetting { visible: model.group === "models" && model.key !== "team" }
        }
    }
}
