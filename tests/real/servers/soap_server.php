<?php
// PHP's own SoapServer over our WSDLs. DOCUMENTS names the folder with the WSDLs, XSDs and records.json, LOGON is
// user:password, PAGE_LIMIT the most rows of one answer. PHP writes every element itself, by the types of the WSDL.
declare(strict_types=1);
ini_set('soap.wsdl_cache_enabled', '0');

final class Service
{
    private array $rows;

    public function __construct(private string $record, private string $key, array $records)
    {
        $this->rows = $records[$record];
    }

    public function __call(string $operation, array $arguments): array
    {
        return match ($operation) {
            "find{$this->record}" => ['result' => $this->found($arguments[0]->findCriteria)],
            "get{$this->record}" => ['result' => $this->one($arguments[0]->{$this->key})],
        };
    }

    private function one(string $number): object
    {
        foreach ($this->rows as $row) {
            if ($row->{$this->key} === $number) {
                return $row;
            }
        }
        throw $this->no('JBO-25020', "There is no {$this->record} $number.", 'ORA-01403', 'no data found');
    }

    private function found(object $criteria): array
    {
        $rows = $this->rows;
        foreach ($criteria->filter->group[0]->item ?? [] as $item) {
            $asked = $item->value ?? [];
            $rows = array_filter($rows, fn ($row) => $this->meets($row, $item->attribute, $item->operator, $asked));
        }
        foreach (array_reverse($criteria->sortOrder->sortAttribute ?? []) as $by) {
            usort($rows, fn ($one, $other) => strcmp($one->{$by->name}, $other->{$by->name}));
        }
        $size = min($criteria->fetchSize ?? PHP_INT_MAX, (int) getenv('PAGE_LIMIT'));
        return array_slice($rows, $criteria->fetchStart ?? 0, $size);
    }

    private function meets(object $row, string $attribute, string $operator, array $asked): bool
    {
        foreach ($this->texts($row, explode('.', $attribute)) as $text) {
            $text = preg_replace('/^(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)$/', '$1', $text);
            foreach ($asked as $value) {
                $order = strcmp($text, $value);
                $holds = match ($operator) {
                    '=', 'IN' => $order === 0,
                    '>' => $order > 0,
                    '>=' => $order >= 0,
                    '<' => $order < 0,
                    '<=' => $order <= 0,
                    default => throw $this->no('JBO-26061', "There is no operator $operator."),
                };
                if ($holds) {
                    return true;
                }
            }
        }
        return false;
    }

    private function texts(mixed $value, array $path): array
    {
        if (is_array($value)) {
            return array_merge(...array_map(fn ($each) => $this->texts($each, $path), $value));
        }
        if ($path === []) {
            return match (true) {
                $value === null => [],
                is_bool($value) => [$value ? 'true' : 'false'],
                is_object($value) => [$value->_],
                default => [$value],
            };
        }
        return $this->texts($value->{$path[0]} ?? null, array_slice($path, 1));
    }

    private function no(string $code, string $message, string ...$cause): SoapFault
    {
        $told = ['code' => $code, 'message' => $message, 'severity' => 'SEVERITY_ERROR'];
        if ($cause !== []) {
            $told['detail'] = [['code' => $cause[0], 'message' => $cause[1], 'severity' => 'SEVERITY_ERROR']];
        }
        return new SoapFault('Server', "$code: $message", null, $told, 'ServiceException');
    }
}

$name = basename(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$documents = getenv('DOCUMENTS');
if (($_SERVER['PHP_AUTH_USER'] ?? '') . ':' . ($_SERVER['PHP_AUTH_PW'] ?? '') !== getenv('LOGON')) {
    header('WWW-Authenticate: Basic realm="fusion"', true, 401);
    exit;
}
$path = isset($_GET['WSDL']) ? "$documents/$name.wsdl" : "$documents/$name";
if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    header('Content-Type: text/xml');
    readfile($path);
    exit;
}
$record = str_replace('Service', '', $name);
$records = json_decode(file_get_contents("$documents/records.json"), false, 64, JSON_THROW_ON_ERROR);
$server = new SoapServer("$documents/$name.wsdl", ['features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$server->setObject(new Service($record, $record === 'Supplier' ? 'SupplierNumber' : 'OrderNumber', (array) $records));
$server->handle();
