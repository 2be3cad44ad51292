import { Button, Input, Select } from "antd";
import type { TestQuestion } from "../model.ts";

const MOST = 50;
const expectations = [
  { value: "this", label: "应由本条答" },
  { value: "refuse", label: "不应答" },
];

/** Questions that are asked before every publication. */
export function TestsField({ tests, onChange }: { tests: TestQuestion[]; onChange: (tests: TestQuestion[]) => void }) {
  const set = (at: number, change: Partial<TestQuestion>) =>
    onChange(tests.map((test, i) => (i === at ? { ...test, ...change } : test)));
  return (
    <fieldset className="group">
      <legend>测试问题</legend>
      <p className="soft small">每次发布前都会用这些问题问一遍，看答得对不对。</p>
      {tests.map((test, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a test question has no name but its place
        <div key={i} className="test-line">
          <Input
            aria-label={`测试问题 ${i + 1}`}
            value={test.question}
            maxLength={500}
            onChange={(event) => set(i, { question: event.target.value })}
          />
          <Select
            aria-label={`测试问题 ${i + 1} 应当`}
            value={test.expect}
            onChange={(expect) => set(i, { expect })}
            options={expectations}
          />
          <Button aria-label={`去掉测试问题 ${i + 1}`} onClick={() => onChange(tests.filter((_, at) => at !== i))}>
            去掉
          </Button>
        </div>
      ))}
      <Button disabled={tests.length >= MOST} onClick={() => onChange([...tests, { question: "", expect: "this" }])}>
        加一个测试问题
      </Button>
    </fieldset>
  );
}
