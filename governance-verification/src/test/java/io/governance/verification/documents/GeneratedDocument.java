// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.governance.rule.RuleType;
import io.governance.rule.RuleTypes;
import io.governance.verification.SourceTree;
import io.governance.verification.contracts.ContractsPage;
import io.governance.verification.operations.Dashboards;

/**
 * A document that is made from the code, as a whole or in part.
 *
 * @param file the file
 * @param text what should stand in it
 */
record GeneratedDocument(Path file, String text) {

	/**
	 * All generated documents.
	 * @param tree the tree, compiled
	 * @param types the rule types
	 * @return the documents as they should be
	 */
	static List<GeneratedDocument> all(SourceTree tree, RuleTypes types) {
		Path docs = tree.root().resolve("docs");
		List<GeneratedDocument> documents = new ArrayList<>();
		for (RuleType<?> type : types.all()) {
			Path page = docs.resolve("policies/" + type.name() + ".md");
			if (Files.exists(page)) {
				documents.add(new GeneratedDocument(page,
						FieldTable.insert(SourceTree.read(page), type.name(), type.ruleClass())));
			}
		}
		documents.add(new GeneratedDocument(docs.resolve("reference/rule-schema.json"), new RuleSchema(types).text()));
		documents.add(new GeneratedDocument(docs.resolve("reference/properties.md"), new PropertiesPage(tree).text()));
		documents.add(new GeneratedDocument(docs.resolve("reference/metrics.md"), new MetricsPage().text()));
		Path contracts = docs.resolve("contracts.md");
		documents.add(new GeneratedDocument(contracts, ContractsPage.insert(SourceTree.read(contracts))));
		Path grafana = tree.root().resolve("deploy/observability/grafana");
		Dashboards.files()
			.forEach((file) -> documents.add(new GeneratedDocument(grafana.resolve(file.name()), file.text())));
		return documents;
	}

	String committed() {
		return Files.exists(this.file) ? SourceTree.read(this.file).replace("\r\n", "\n") : "";
	}

	void write() {
		SourceTree.write(this.file, this.text);
	}

	@Override
	public String toString() {
		return this.file.getFileName().toString();
	}

}
