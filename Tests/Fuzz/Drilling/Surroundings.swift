/// Where prompts are looked for: nowhere, for here they come as bytes.
package struct Surroundings {
  var promptFolders: [String] { [] }
}
