// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.EntryType;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRule;
import com.alibaba.csp.sentinel.slots.block.flow.FlowRuleManager;
import io.governance.context.Attempts;

/**
 * Sentinel's entry of one resource, with rules for calls per second, for calls at a time
 * and for the share of those that fail. It has no deadline and no retry.
 */
final class SentinelChain implements Chain {

	private final Upstream upstream;

	SentinelChain(Upstream upstream) {
		this.upstream = upstream;
		// it keeps a log of its own, in the user's home if nobody says where
		System.setProperty("csp.sentinel.log.dir",
				Path.of(System.getProperty("java.io.tmpdir"), "sentinel").toString());
		FlowRuleManager.loadRules(List.of(flow(RuleConstant.FLOW_GRADE_QPS, Application.CALLS_PER_SECOND),
				flow(RuleConstant.FLOW_GRADE_THREAD, Application.CALLS_AT_A_TIME)));
		DegradeRuleManager
			.loadRules(List.of(new DegradeRule(StockCall.SERVICE).setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_RATIO)
				.setCount(0.5)
				.setMinRequestAmount(20)
				.setTimeWindow(10)));
	}

	private static FlowRule flow(int grade, double count) {
		return new FlowRule(StockCall.SERVICE).setGrade(grade).setCount(count);
	}

	@Override
	public Response call() throws IOException {
		Entry entry;
		try {
			entry = SphU.entry(StockCall.SERVICE, EntryType.OUT);
		}
		catch (BlockException ex) {
			throw new IOException("rejected", ex);
		}
		try {
			return this.upstream.send(new Attempts(StockCall.SERVICE));
		}
		finally {
			entry.exit();
		}
	}

}
