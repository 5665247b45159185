// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.contracts;

import java.util.List;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Adapters run each scenario of their contracts, or say why it cannot apply.
 */
class ContractsTests {

	private static final List<ContractTable> FIXTURE = Contracts
		.of(new ClassFileImporter().importPackages("io.governance.verification.contracts.fixture"));

	@Test
	void nothingOfAContractIsHidden() {
		List<ContractTable> contracts = Contracts.all();
		assertThat(contracts).extracting(ContractTable::name)
			.contains("OutboundContract", "InboundContract", "SelectionContract", "BalancedContract", "ConsulContract");
		assertThat(contracts).allSatisfy((table) -> assertThat(table.scenarios()).isNotEmpty());
		assertThat(contracts).flatExtracting(ContractTable::faults).isEmpty();
	}

	@Test
	void whatIsHiddenIsFound() {
		assertThat(FIXTURE).flatExtracting(ContractTable::faults)
			.containsExactlyInAnyOrder("Forgotten has no adapter",
					"Nameless does not say what it holds to Promise (expected: @Adapter)",
					"Hiding.second hides a scenario (expected: @NotApplicable, or no such method)",
					"Hidden.first hides a scenario (expected: @NotApplicable, or no such method)",
					"Wordy.first gives no reason", "Wordy.second is not applicable and a test",
					"Wordy.third is no scenario");
	}

	@Test
	void aTableHasAReasonForEachCellThatDoesNotApply() {
		assertThat(ContractsPage.text(sound())).isEqualTo("""
				| | adapter | test |
				|---|---|---|
				| A | one who keeps it | `Kept` |
				| B | one with a reason | `Excused` |

				| scenario | A | B |
				|---|:-:|:-:|
				| **Part** |  |  |
				| `second` | ✓ | 1 |
				| **Promise** |  |  |
				| `first` | ✓ | ✓ |

				1. It cannot.
				""");
	}

	@Test
	void aTableReplacesTheOneBeforeAndNothingElse() {
		String page = "# Page\n<!-- contract:Promise -->\nbetween\n<!-- contract:Other -->\n| old |\n<!-- /contract -->\nend\n";
		String written = ContractsPage.insert(page, sound());
		assertThat(written).startsWith("# Page\n<!-- contract:Promise -->\n| | adapter |")
			.endsWith("<!-- /contract -->\nbetween\n<!-- contract:Other -->\n| old |\n<!-- /contract -->\nend\n");
		assertThat(ContractsPage.insert(written, sound())).isEqualTo(written);
		assertThatIllegalStateException().isThrownBy(() -> ContractsPage.insert("# Page\n", sound()))
			.withMessageContaining("a line <!-- contract:Promise --> in docs/contracts.md");
	}

	/**
	 * A contract with an adapter that keeps it, and one for which a scenario cannot
	 * apply.
	 */
	static ContractTable sound() {
		ContractTable promise = FIXTURE.get(1);
		return new ContractTable(promise.contract(),
				promise.tests()
					.stream()
					.filter((test) -> List.of("Kept", "Excused").contains(test.getSimpleName()))
					.toList());
	}

}
